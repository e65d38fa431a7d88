import { onTestFinished } from 'vitest'

interface Closable {
  close(): Promise<unknown>
}

/** Closes what a test started when the test ends, whatever its outcome; the last started first. */
export async function managed<T extends Closable>(starting: T | Promise<T>): Promise<T> {
  const resource = await starting
  onTestFinished(async () => {
    await resource.close()
  })
  return resource
}
