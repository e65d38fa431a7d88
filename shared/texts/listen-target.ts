// What a listen address, as failures name it, is about.

export function isSocket(target: string | undefined): boolean {
  return target?.startsWith('unix:') ?? false
}

/** Of `127.0.0.1:80`. */
export function portOf(target: string): number {
  return Number(target.slice(target.lastIndexOf(':') + 1))
}

/** Ports that most systems keep for root. */
export function isLowPort(target: string): boolean {
  return portOf(target) < 1024
}
