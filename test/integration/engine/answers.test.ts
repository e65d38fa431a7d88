import { describe, expect, it } from 'vitest'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { freePort } from '../../support/tcp-server.ts'

// How a client is told that its connection failed, on real sockets. What it is told is in unit/engine/answers.test.ts.

async function broken(to: number, rule: Partial<RuleFields> = {}): Promise<TestEngine> {
  const hops = [makeHop({ port: await freePort() })]
  return managed(startEngine(makeConfig({ hops, rules: [makeRule({ to, ...rule })] })))
}

const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

describe('a client whose connection failed', () => {
  it('gets the whole answer and a clean end', async () => {
    const engine = await broken(80)
    const client = await engine.connect()
    await client.write(request)
    const answer = (await client.takeRest()).toString()
    expect(answer).toMatch(/^HTTP\/1\.1 502 [^]*connection 1, stage connect-hop\n$/)
    client.end()
    const { closeReason, stages } = await engine.closedConnection()
    expect(closeReason).toMatchObject({ by: 'nexthop', how: 'end', failure: { code: 'hop-unreachable' } })
    expect(stages.map(({ note }) => note).join()).toContain('the client was told, as HTTP/1')
  })

  it('gets it also where its request comes in pieces', async () => {
    const engine = await broken(80)
    const client = await engine.connect()
    for (const piece of ['G', 'ET / HT', 'TP/1.1\r\nAcc', 'ept: text/html\r\n\r\n']) await client.write(piece)
    expect((await client.takeRest()).toString()).toContain('<!doctype html>')
  })

  it('gets it also where it ended its side with the request', async () => {
    const engine = await broken(80)
    const client = await engine.connect()
    client.end(request)
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1\.1 502 /)
  })

  it('is greeted with the refusal where it waits for a greeting', async () => {
    const engine = await broken(25)
    const client = await engine.connect()
    expect((await client.takeRest()).toString()).toMatch(/^421 Nexthop /)
  })

  it('is let go where it reads the answer and then stays', async () => {
    const engine = await broken(25)
    const client = await engine.connect()
    await client.takeRest()
    await engine.closedConnection()
  })

  it.each([
    ['says nothing', 9999, '', {}],
    ['speaks a protocol without an answer', 9999, 'hello\n', {}],
    ['has a rule that resets', 80, request, { onFailure: 'reset' }],
  ] as const)('is reset where it %s', async (_, to, words, rule) => {
    const engine = await broken(to, rule)
    const client = await engine.connect()
    await client.write(words)
    expect(await client.ending).toBe('ECONNRESET')
    expect(client.receivedBytes).toBe(0)
  })

  it('sees an end without a word where the rule closes', async () => {
    const engine = await broken(80, { onFailure: 'close' })
    const client = await engine.connect()
    await client.write(request)
    expect(await client.takeRest()).toHaveLength(0)
  })

  it('is reset where it may not connect at all: a stranger learns nothing', async () => {
    const engine = await broken(25, { allowedClients: ['10.0.0.0/8'] })
    const client = await engine.connect()
    expect(await client.ending).toBe('ECONNRESET')
    expect(client.receivedBytes).toBe(0)
  })
})
