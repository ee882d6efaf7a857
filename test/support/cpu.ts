/**
 * Processor time of this thread in milliseconds: unlike a clock it depends neither on how busy the machine is nor on
 * the tests beside.
 */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
