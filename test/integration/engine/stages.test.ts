import { describe, expect, it } from 'vitest'
import type { Failure, Stage } from '../../../shared/errors.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import type { Finish, SocksMoment, SocksScript } from '../../support/socks-script.ts'
import { startMuteListener } from '../../support/mute-listener.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { connectTo } from '../../support/peer.ts'
import { startEngine } from '../../support/engine.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { until } from '../../support/until.ts'

const login = { user: 'me', password: 'secret' }

interface Place {
  readonly version: '4' | '5'
  readonly moment: SocksMoment
  readonly cutAt: number
  /** The stage in which the client waits for this answer. */
  readonly stage: Stage
}

const places: Place[] = [
  { version: '5', moment: 'accept', cutAt: 0, stage: 'greet' },
  { version: '5', moment: 'greeting', cutAt: 0, stage: 'greet' },
  { version: '5', moment: 'greeting', cutAt: 1, stage: 'greet' },
  { version: '5', moment: 'login', cutAt: 0, stage: 'authenticate' },
  { version: '5', moment: 'login', cutAt: 1, stage: 'authenticate' },
  { version: '5', moment: 'request', cutAt: 0, stage: 'request' },
  { version: '5', moment: 'request', cutAt: 1, stage: 'request' },
  { version: '5', moment: 'request', cutAt: 4, stage: 'request' },
  { version: '5', moment: 'request', cutAt: 9, stage: 'request' },
  { version: '4', moment: 'accept', cutAt: 0, stage: 'request' },
  { version: '4', moment: 'request', cutAt: 0, stage: 'request' },
  { version: '4', moment: 'request', cutAt: 7, stage: 'request' },
]

/** What the client's failure is where the hop stalls, ends or resets there. */
async function failAt({ version, moment, cutAt }: Place, then: Finish) {
  const echo = await managed(startEcho())
  const script: SocksScript = { at: { [moment]: { cutAt, then } }, ...(version === '5' && { login }) }
  const hop: Partial<NextHopInput> = {
    version,
    handshakeTimeoutMs: 200,
    ...(version === '5' && login),
  }
  const { engine, hop: server } = await makeRig({ to: echo.port, script, hop })
  const client = await engine.connect()
  expect(await client.ending).toBe('ECONNRESET')
  const failure = await engine.failure()
  const [message = ''] = engine.logs.filter(({ level }) => level === 'warn').map((entry) => entry.message)
  const { stages } = await engine.closedConnection()
  await until('the engine lets go of the hop', () => server.open === 0)
  return {
    failure,
    text: explainInFull(failure)
      .replace(`127.0.0.1:${server.port}`, 'HOP')
      .replace(String(echo.port), 'PORT'),
    message,
    failedStage: stages.find((stage) => stage.failure)?.stage,
  }
}

const stalls: Readonly<Record<string, string>> = {
  greet: 'accepted the connection, but sent no SOCKS answer within 200 ms. Check that this port speaks SOCKS',
  authenticate: 'answered the greeting, but not the login within 200 ms. Check the proxy’s own log',
  request: 'did not reach 127.0.0.1:PORT within 200 ms. Check the destination',
}

describe('a hop that stalls', () => {
  it.each(places)('SOCKS$version, $moment after $cutAt bytes: time-out at $stage', async (place) => {
    const { failure, text, message, failedStage } = await failAt(place, 'stall')
    expect(failure).toMatchObject({ code: 'timeout', stage: place.stage, afterMs: 200, hop: { id: 'hop' } })
    expect(failedStage).toBe(place.stage)
    expect(text).toBe(
      `The next hop "Test hop" (HOP) ${stalls[place.stage]}, or raise the handshake time-out.`,
    )
    expect(message).toMatch(/^Test rule, connection 1 from 127\.0\.0\.1:\d+: The next hop "Test hop"/)
  })
})

describe('a hop that resets', () => {
  it.each(places)('SOCKS$version, $moment after $cutAt bytes: unreachable at $stage', async (place) => {
    const { failure, text, failedStage } = await failAt(place, 'reset')
    expect(failure).toMatchObject({ code: 'hop-unreachable', errno: 'ECONNRESET' })
    // A reset right after the accept may come before the connection is known to stand.
    const stages = place.moment === 'accept' ? [place.stage, 'connect-hop'] : [place.stage]
    expect(stages).toContain(failure.stage)
    expect(failedStage).toBe(failure.stage)
    expect(text).toMatch(
      /^The next hop "Test hop" \(HOP\) broke off the connection (during|while) .+\. Check /,
    )
  })
})

describe('a hop that ends', () => {
  const expected = ({ stage, cutAt, version }: Place): Partial<Failure> => {
    if (stage === 'authenticate') return { code: 'hop-auth-failed', login: 'refused' }
    const isSilent = cutAt === 0 && (stage === 'greet' || version === '4')
    return isSilent
      ? { code: 'hop-not-socks', looksLike: 'silence' }
      : { code: 'hop-unreachable', errno: 'EOF' }
  }

  it.each(places)('SOCKS$version, $moment after $cutAt bytes, at $stage', async (place) => {
    const { failure, text, failedStage } = await failAt(place, 'end')
    expect(failure).toMatchObject({ stage: place.stage, ...expected(place) })
    expect(failedStage).toBe(place.stage)
    expect(text).toMatch(/^The next hop "Test hop" \(HOP\) .+\. .+\.$/)
  })
})

describe('reaching the hop', () => {
  const to = { host: 'db.internal', port: 5432 }

  it('fails where nothing listens', async () => {
    const port = await freePort()
    const { engine } = await makeRig({ to, hop: { port } })
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'hop-unreachable', stage: 'connect-hop', errno: 'ECONNREFUSED' })
    expect(explainInFull(failure)).toBe(
      `The next hop "Test hop" (127.0.0.1:${port}) refused the connection: nothing listens there. ` +
        'Check that the proxy runs, and its address and port.',
    )
  })

  it('fails where its name is unknown', async () => {
    const { engine, hop } = await makeRig({ to, hop: { host: 'no-such-host.invalid' } })
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'name-not-found', stage: 'connect-hop' })
    expect(explainInFull(failure)).toBe(
      `The name of the next hop "Test hop" (no-such-host.invalid:${hop.port}) is not known. ` +
        'Check its spelling, and this machine’s DNS.',
    )
  })

  it('fails where the target’s name is to be resolved here and is unknown', async () => {
    for (const version of ['4', '5'] as const) {
      const { engine, hop } = await makeRig({
        to: { host: 'no-such-host.invalid', port: 1 },
        hop: { version, resolveAt: 'here' },
      })
      expect(await (await engine.connect()).ending).toBe('ECONNRESET')
      const failure = await engine.failure()
      expect(failure).toMatchObject({ code: 'name-not-found', stage: 'resolve' })
      expect(explainInFull(failure)).toBe(
        'The name of no-such-host.invalid:1 is not known on this machine. ' +
          'Check its spelling, or let the next hop resolve it (socks5h:// or socks4a://).',
      )
      expect(hop.accepted).toBe(0)
    }
  })

  it.skipIf(process.platform !== 'linux')('takes too long where nobody answers', async () => {
    const mute = await managed(startMuteListener())
    const { engine } = await makeRig({ to, hop: { port: mute.port, connectTimeoutMs: 300 } })
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'timeout', stage: 'connect-hop', afterMs: 300 })
    expect(explainInFull(failure)).toBe(
      `The next hop "Test hop" (127.0.0.1:${mute.port}) did not answer within 300 ms. Check its address, and ` +
        'whether a firewall drops the packets; or raise the connect time-out.',
    )
  })

  it('an IPv6 address over SOCKS4 never goes out', async () => {
    const hop = await managed(startSocksServer())
    const config = makeConfig({
      hops: [makeHop({ port: hop.port })],
      rules: [makeRule({ to: { host: '2001:db8::1', port: 80 } })],
    })
    // Validation refuses this pairing; the engine must as well.
    const [first] = config.hops
    const hops = first ? [{ ...first, version: '4' as const, resolveAt: 'here' as const }] : []
    const engine = await managed(startEngine({ ...config, hops }))
    expect(await (await engine.connect()).ending).toBe('ECONNRESET')
    expect(await engine.failure()).toMatchObject({ code: 'bad-request', stage: 'request' })
    expect(hop.accepted).toBe(0)
  })
})

describe('a client that leaves while it waits', () => {
  it('is no failure, and the hop is let go', async () => {
    const echo = await managed(startEcho())
    const { engine, hop } = await makeRig({ to: echo.port, script: { at: { greeting: { then: 'stall' } } } })
    const client = await connectTo(await engine.port())
    await until('the hop is asked', () => hop.open === 1)
    client.reset()
    await until('the hop is let go', () => hop.open === 0)
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'reset' })
    expect(engine.failures).toEqual([])
  })

  it('for the next attempt is none either', async () => {
    const { engine } = await makeRig({ to: 9, hop: { port: await freePort(), retries: 10 } })
    const client = await connectTo(await engine.port())
    await until('the first attempt has failed', async () => {
      const [connection] = await engine.engine.connections()
      const { stages = [] } = (connection && (await engine.engine.connection(connection.id))) ?? {}
      return stages.some(({ failure }) => failure !== undefined)
    })
    client.reset()
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'reset' })
    expect(engine.failures).toEqual([])
    expect(engine.logs.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })
})
