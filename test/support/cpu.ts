/** Processor time of this process in milliseconds: unlike a clock it does not depend on how busy the machine is. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
