/** How long work took: of one thread the processor time, which stays comparable on a busy machine; of more only the clock says. */
export async function seconds(threads: number, work: () => Promise<void>): Promise<number> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return threads === 1 ? (user + system) / 1e6 : (performance.now() - begin) / 1e3;
}
