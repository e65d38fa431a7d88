import { describe, expect, it } from 'vitest'
import { CaptureThreads } from '../../../../main/app/threads/capture-threads.ts'
import type { CaptureRequest } from '../../../../main/engine/capture/captures.ts'
import { captureDefaults, type CaptureProgress } from '../../../../shared/captures.ts'

const request: CaptureRequest = {
  ...captureDefaults,
  of: { kind: 'all' },
  id: 'c',
  path: '/tmp/c',
  program: 'test',
}
const part = (bytes: number, end: Partial<CaptureProgress> = {}): CaptureProgress => ({
  id: 'c',
  bytes,
  packets: bytes,
  connections: 1,
  ...end,
})

function recorder() {
  const begun: CaptureRequest[] = []
  const stopped: string[] = []
  return {
    begun,
    stopped,
    startCapture: async (asked: CaptureRequest) => {
      begun.push(asked)
    },
    stopCapture: async (id: string) => {
      stopped.push(id)
    },
  }
}

describe('a recording by several threads', () => {
  it('is begun by the first, joined by the others, and told as one', async () => {
    const told: CaptureProgress[] = []
    const captures = new CaptureThreads((progress) => told.push(...progress))
    const [first, second, late] = [recorder(), recorder(), recorder()]
    await captures.start(request, first, [second])
    captures.joined(late)
    expect(first.begun[0]?.shared?.isFirst).toBe(true)
    expect([second.begun[0]?.shared?.isFirst, late.begun[0]?.shared?.isFirst]).toEqual([false, false])
    expect(late.begun[0]?.shared?.bytes).toBe(first.begun[0]?.shared?.bytes)
    captures.heard([part(10)], first)
    captures.heard([part(5)], late)
    expect(told.at(-1)).toEqual({ id: 'c', bytes: 15, packets: 15, connections: 2 })
  })

  it('ends everywhere when one thread meets a limit, for the reason of that one', async () => {
    const told: CaptureProgress[] = []
    const captures = new CaptureThreads((progress) => told.push(...progress))
    const [first, second] = [recorder(), recorder()]
    await captures.start(request, first, [second])
    captures.heard([part(10)], first)
    captures.heard([part(90, { endedAt: 1, endedBy: 'size' })], second)
    expect(first.stopped).toEqual(['c'])
    expect(told.at(-1)?.endedAt).toBeUndefined()
    captures.heard([part(10, { endedAt: 2, endedBy: 'asked' })], first)
    expect(told.at(-1)).toMatchObject({ bytes: 100, endedBy: 'size' })
  })

  it('does not wait for a thread that died', async () => {
    const told: CaptureProgress[] = []
    const captures = new CaptureThreads((progress) => told.push(...progress))
    const [first, second] = [recorder(), recorder()]
    await captures.start(request, first, [second])
    captures.lost(second)
    captures.heard([part(10, { endedAt: 2, endedBy: 'asked' })], first)
    expect(told.at(-1)).toMatchObject({ bytes: 10, endedBy: 'engine' })
  })
})
