/** What the loader (bin/run.cjs) offers the program it loads. */

export interface Host {
  /** Milliseconds since the start of the process after which `longRun` is to be called, once. */
  readonly after: number;
  /** Lets V8 optimise. A timer does this, too, but a scan of a folder may leave no timer a turn. */
  readonly longRun: () => void;
}

let host: Host | undefined;

export function useHost(given: Host | undefined): void {
  host = given;
}

/** To be called now and then by whatever may take long. */
export function noteTime(): void {
  if (host === undefined || process.uptime() * 1000 < host.after) return;
  host.longRun();
  host = undefined;
}
