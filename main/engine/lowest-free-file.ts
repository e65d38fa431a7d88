import { closeSync, openSync } from 'node:fs'

/** The descriptor that the system would give next: about how many are in use. Infinite where there is none; 0 on Windows. */
export function lowestFreeFile(): number {
  try {
    const descriptor = openSync('/dev/null', 'r')
    closeSync(descriptor)
    return descriptor
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EMFILE' ? Infinity : 0
  }
}
