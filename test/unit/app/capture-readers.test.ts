import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createCaptureReaders } from '../../../main/app/captures/capture-readers.ts'
import type { CaptureView } from '../../../shared/captures.ts'

const view: CaptureView = {
  ...{ id: 'a', of: { kind: 'all' }, filename: 'a.pcapng', path: '/a.pcapng', startedAt: 0 },
  ...{ bytes: 0, packets: 0, connections: 0 },
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function prepare(present: CaptureView = view) {
  const stopped: string[] = []
  const told: string[] = []
  const stop = (id: string) => {
    stopped.push(id)
    return Promise.resolve(present)
  }
  const log = { info: (message: string) => void told.push(message) }
  return { readers: createCaptureReaders({ get: () => present, stop }, log, 10_000), stopped, told }
}

it('ends a recording that nobody reads any more, and says so', async () => {
  const { readers, stopped, told } = prepare()
  readers.expect('a')
  for (let count = 0; count < 5; count += 1) {
    await vi.advanceTimersByTimeAsync(9000)
    readers.heard('a')
  }
  expect(stopped).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(stopped).toEqual(['a'])
  expect(told).toEqual(['A recording was ended, since nobody reads it any more; it is in /a.pcapng.'])
})

it('leaves alone what has ended, was removed, or was never to be read', async () => {
  const ended = prepare({ ...view, endedAt: 1 })
  ended.readers.expect('a')
  const removed = prepare()
  removed.readers.expect('a')
  removed.readers.forget('a')
  const other = prepare()
  other.readers.heard('a')
  await vi.advanceTimersByTimeAsync(60_000)
  expect([...ended.stopped, ...removed.stopped, ...other.stopped]).toEqual([])
})
