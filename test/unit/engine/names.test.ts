import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { Names, poolSize } from '../../../main/engine/dial/names.ts'

const never = new AbortController().signal
const within = { timeoutMs: 5000, signal: never }
const soon = { timeoutMs: 20, signal: never }
const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 })

/** Names of a system that answers when it is told to. */
function makeNames(threads = 4) {
  const asked: string[] = []
  const answers = new Map<string, (answer: LookupAddress[] | Error) => void>()
  const names = new Names(threads, (name) => {
    asked.push(name)
    return new Promise((resolve, reject) => {
      answers.set(name, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
    })
  })
  return {
    asked,
    lookUp: names.lookUp,
    answer: (name: string, text = '192.0.2.1') => answers.get(name)?.([address(text)]),
    answers,
  }
}

describe('looking up a name', () => {
  it('asks the system once for all who wait at the same time', async () => {
    const { asked, lookUp, answer } = makeNames()
    const both = [lookUp('hop.test', within), lookUp('hop.test', within)]
    answer('hop.test')
    expect(await Promise.all(both)).toEqual([[address('192.0.2.1')], [address('192.0.2.1')]])
    const later = lookUp('hop.test', within)
    answer('hop.test')
    await later
    expect(asked).toEqual(['hop.test', 'hop.test'])
  })

  it('tells each address once', async () => {
    const { lookUp, answers } = makeNames()
    const found = lookUp('hop.test', within)
    answers.get('hop.test')?.(['::1', '192.0.2.1', '::1'].map(address))
    expect(await found).toEqual(['::1', '192.0.2.1'].map(address))
  })

  it('fails with the system’s name of the error', async () => {
    const { lookUp, answers } = makeNames()
    const found = lookUp('hop.test', within)
    answers.get('hop.test')?.(Object.assign(new Error('gone'), { code: 'EAI_AGAIN' }))
    await expect(found).rejects.toMatchObject({ errno: 'EAI_AGAIN' })
  })

  it('ends in time, and when it is broken off', async () => {
    const { lookUp } = makeNames()
    await expect(lookUp('slow.test', soon)).rejects.toMatchObject({ errno: 'ETIMEOUT' })
    const controller = new AbortController()
    const found = lookUp('slow.test', { timeoutMs: 5000, signal: controller.signal })
    controller.abort(new Error('the client left'))
    await expect(found).rejects.toThrow('the client left')
  })

  it('never asks for addresses, nor for localhost', async () => {
    const { asked, lookUp } = makeNames()
    expect(await lookUp('192.0.2.7', within)).toEqual([address('192.0.2.7')])
    expect(await lookUp('LocalHost.', within)).toEqual(['127.0.0.1', '::1'].map(address))
    expect(asked).toEqual([])
  })
})

describe('names that are slow', () => {
  it('leave room for one that was quick', async () => {
    const { asked, lookUp, answer } = makeNames(6)
    const first = lookUp('hop.test', within)
    answer('hop.test')
    await first
    const slow = ['a.test', 'b.test', 'c.test'].map((name) => lookUp(name, soon))
    await Promise.allSettled(slow)
    const again = lookUp('hop.test', within)
    answer('hop.test')
    expect(await again).toEqual([address('192.0.2.1')])
    expect(asked).toEqual(['hop.test', 'a.test', 'b.test', 'hop.test'])
  })

  it('leave room for one that was never asked for', async () => {
    const { lookUp, answer } = makeNames()
    lookUp('dead.test', soon).catch(() => undefined)
    const fresh = lookUp('fresh.test', within)
    answer('fresh.test')
    expect(await fresh).toEqual([address('192.0.2.1')])
  })

  it('are not asked for once nobody waits any more', async () => {
    const { asked, lookUp, answer } = makeNames()
    await Promise.allSettled(['a.test', 'b.test', 'c.test'].map((name) => lookUp(name, soon)))
    const last = lookUp('d.test', within)
    answer('a.test')
    await expect.poll(() => asked).toEqual(['a.test', 'b.test', 'd.test'])
    answer('d.test')
    expect(await last).toHaveLength(1)
  })

  it('are to blame for their own time alone, not for that of others', async () => {
    const { asked, lookUp, answer } = makeNames()
    const dead = ['a.test', 'b.test', 'c.test'].map((name) => lookUp(name, soon))
    const late = lookUp('d.test', { timeoutMs: 200, signal: never })
    expect(await Promise.allSettled(dead)).toMatchObject(
      ['ETIMEOUT', 'ETIMEOUT', 'EBUSY'].map((errno) => ({ reason: { errno } })),
    )
    answer('a.test')
    await expect(late).rejects.toMatchObject({ errno: 'EBUSY' })
    expect(asked).toContain('d.test')
    await expect(lookUp('d.test', soon)).rejects.toMatchObject({ errno: 'ETIMEOUT' })
  })

  it('do not make one that was quick look slow where no thread is left for it', async () => {
    const { lookUp, answer } = makeNames()
    const first = lookUp('hop.test', within)
    answer('hop.test')
    await first
    for (const name of ['a.test', 'b.test']) lookUp(name, soon).catch(() => undefined)
    await expect(lookUp('hop.test', soon)).rejects.toMatchObject({ errno: 'EBUSY' })
  })

  it.each([
    [4, 2],
    [1, 1],
    [6, 2],
    [8, 3],
    [32, 4],
  ])('with %d threads of the system, %d of them at once', (threads, most) => {
    const { asked, lookUp } = makeNames(threads)
    for (let count = 0; count < 10; count += 1) lookUp(`${count}.test`, soon).catch(() => undefined)
    expect(asked).toHaveLength(most)
  })
})

it.each([
  [undefined, 4],
  ['32', 32],
  ['0', 1],
  ['many', 1],
])('the size of the pool is what libuv makes of %s', (UV_THREADPOOL_SIZE, size) => {
  expect(poolSize(UV_THREADPOOL_SIZE === undefined ? {} : { UV_THREADPOOL_SIZE })).toBe(size)
})
