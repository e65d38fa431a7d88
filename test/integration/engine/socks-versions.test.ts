import { describe, expect, it } from 'vitest'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import type { SocksAsk, SocksScript } from '../../support/socks-script.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'

const login = { user: 'me', password: 'pässwörd: 100%' }
const longest = { user: 'ü'.repeat(127), password: 'x'.repeat(255) }

interface Case {
  readonly hop: Partial<NextHopInput>
  readonly to: string
  readonly script?: SocksScript
  readonly asks: Partial<SocksAsk>
}

const cases: Case[] = [
  { hop: { version: '4' }, to: '127.0.0.1', asks: { version: 4, addressType: 'ipv4', host: '127.0.0.1' } },
  { hop: { version: '4' }, to: 'localhost', asks: { version: 4, addressType: 'ipv4', host: '127.0.0.1' } },
  {
    hop: { version: '4', user: 'me' },
    to: '127.0.0.1',
    script: { login },
    asks: { version: 4, userId: 'me' },
  },
  { hop: { version: '4a' }, to: '127.0.0.1', asks: { version: 4, addressType: 'ipv4', host: '127.0.0.1' } },
  {
    hop: { version: '4a', user: 'me' },
    to: 'name.example',
    script: { login },
    asks: { version: 4, addressType: 'name', host: 'name.example', userId: 'me' },
  },
  {
    hop: { version: '5' },
    to: '127.0.0.1',
    asks: { version: 5, addressType: 'ipv4', host: '127.0.0.1', methods: [0] },
  },
  {
    hop: { version: '5', resolveAt: 'here' },
    to: 'localhost',
    asks: { version: 5, addressType: 'ipv4', host: '127.0.0.1' },
  },
  {
    hop: { version: '5', resolveAt: 'hop' },
    to: 'name.example',
    asks: { version: 5, addressType: 'name', host: 'name.example' },
  },
  {
    hop: { version: '5', resolveAt: 'hop' },
    to: 'bücher.example',
    asks: { version: 5, addressType: 'name', host: 'xn--bcher-kva.example' },
  },
  {
    hop: { version: '5' },
    to: '2001:db8::5',
    asks: { version: 5, addressType: 'ipv6', host: '2001:db8:0:0:0:0:0:5' },
  },
  { hop: { version: '5', ...login }, to: 'name.example', script: { login }, asks: { version: 5, login } },
  {
    hop: { version: '5', ...longest },
    to: 'name.example',
    script: { login: longest },
    asks: { version: 5, login: longest },
  },
  {
    hop: { version: '5', user: 'me' },
    to: 'name.example',
    script: { login: { user: 'me', password: '' } },
    asks: { version: 5, login: { user: 'me', password: '' } },
  },
  // A login is given, and the hop does not want it.
  { hop: { version: '5', ...login }, to: 'name.example', asks: { version: 5, addressType: 'name' } },
]

describe('a connection through a hop', () => {
  it.each(cases)('$hop to $to', async ({ hop, to, script = {}, asks }) => {
    const echo = await managed(startEcho())
    const connectTo = () => ({ host: '127.0.0.1', port: echo.port })
    const { hop: server, engine } = await makeRig({
      to: { host: to, port: echo.port },
      script: { ...script, connectTo },
      hop,
    })
    const client = await engine.connect()
    client.end('through the hop')
    expect((await client.takeRest()).toString()).toBe('through the hop')
    expect(await server.lastAsk()).toMatchObject({ command: 1, port: echo.port, ...asks })

    const closed = await engine.closedConnection()
    expect(closed).toMatchObject({ hopId: 'hop', bytesUp: 15, bytesDown: 15, closeReason: { how: 'end' } })
    expect(closed.stages.flatMap(({ failure }) => failure ?? [])).toEqual([])
    expect(closed.stages.every(({ durationMs }) => durationMs !== undefined)).toBe(true)
    expect(JSON.stringify([closed, engine.events])).not.toMatch(/pässwörd|x{255}/)
  })

  it('tells all its stages in order', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({
      to: { host: 'localhost', port: echo.port },
      script: { login },
      hop: { ...login, resolveAt: 'here' },
    })
    const client = await engine.connect()
    client.end()
    await client.takeRest()
    expect((await engine.closedConnection()).stages.map(({ stage }) => stage)).toEqual([
      'accept',
      'identify',
      'route',
      'resolve',
      'connect-hop',
      'greet',
      'authenticate',
      'request',
      'relay',
      'close',
    ])
  })

  it('goes direct without a hop', async () => {
    const echo = await managed(startEcho())
    const { hop, engine } = await makeRig({
      to: { host: 'localhost', port: echo.port },
      rule: { route: { kind: 'direct' } },
    })
    const client = await engine.connect()
    client.end('direct')
    expect((await client.takeRest()).toString()).toBe('direct')
    expect(hop.accepted).toBe(0)
  })

  it('is reset where the route blocks', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port, rule: { route: { kind: 'block' } } })
    const client = await engine.connect()
    expect(await client.ending).toBe('ECONNRESET')
    expect(await engine.failure()).toMatchObject({ code: 'blocked', stage: 'route' })
    expect(target.peers).toHaveLength(0)
  })
})
