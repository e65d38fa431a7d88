import { expect } from 'vitest'
import type { TestEngine } from './engine.ts'

/** How long after the three bytes of a target that ends first its end reaches the client, several times, in milliseconds. */
export async function endDelays(engine: Pick<TestEngine, 'connect'>): Promise<number[]> {
  const delays: number[] = []
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const client = await engine.connect()
    await client.takeText(3)
    const saidAt = performance.now()
    expect(await client.ending).toBe('end')
    delays.push(performance.now() - saidAt)
    client.end()
  }
  return delays
}
