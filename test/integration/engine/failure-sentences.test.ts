import { expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import type { ConnectionDetail } from '../../../shared/runtime.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startMuteListener } from '../../support/mute-listener.ts'
import { makeRig, type RigOptions } from '../../support/rig.ts'
import { foreignAnswers, type SocksScript } from '../../support/socks-script.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'

// Every way in which a connection fails, each as its trace tells it: the stage that failed, and the whole sentence.

const hop = 'The next hop "Test hop" (127.0.0.1:HOP)'

/** "stage: sentence" of the stage that failed, with ports replaced. */
function sentenceOf({ stages }: ConnectionDetail, ports: Readonly<Record<string, number>>): string {
  const failed = stages.find(({ failure }) => failure)
  const text = failed?.failure ? explainInFull(failed.failure) : 'nothing failed'
  const readable = Object.entries(ports).reduce(
    (sofar, [name, port]) => sofar.replaceAll(`:${port}`, `:${name}`),
    text,
  )
  return `${failed?.stage}: ${readable}`
}

async function sentence(options: Omit<RigOptions, 'to'> & Partial<Pick<RigOptions, 'to'>>): Promise<string> {
  const { hop: server, engine } = await makeRig({ to: { host: 'db.internal', port: 5432 }, ...options })
  if (options.hop?.port === undefined && options.script === undefined) await server.kill()
  const client = await engine.connect()
  await client.ending
  return sentenceOf(await engine.closedConnection(), { HOP: options.hop?.port ?? server.port })
}

const login = { user: 'me', password: 'secret' }
const greetings = (send: string | Uint8Array): SocksScript => ({ at: { greeting: { send, then: 'end' } } })
const checkProxy = 'Check that the proxy runs, and its address and port.'

const replies: readonly (readonly [number, string])[] = [
  [1, 'would not connect to db.internal:5432: it failed, without giving a reason (SOCKS5 reply 01)'],
  [2, 'would not connect to db.internal:5432: its rules forbid this destination (SOCKS5 reply 02)'],
  [3, 'could not reach db.internal:5432: it has no route to that network (SOCKS5 reply 03)'],
  [
    4,
    'could not reach db.internal:5432: it can not reach the host, or not resolve its name (SOCKS5 reply 04)',
  ],
  [
    6,
    'could not reach db.internal:5432: the connection timed out on the way (TTL expired) (SOCKS5 reply 06)',
  ],
  [7, 'would not connect to db.internal:5432: it does not support this command (SOCKS5 reply 07)'],
  [8, 'would not connect to db.internal:5432: it does not take this kind of address (SOCKS5 reply 08)'],
  [
    9,
    'would not connect to db.internal:5432: it failed for a reason that no standard names (SOCKS5 reply 09)',
  ],
  [
    0xf0,
    'could not reach db.internal:5432: the onion service was not found (descriptor not found) (SOCKS5 reply F0)',
  ],
  [
    0xf1,
    'could not reach db.internal:5432: the onion service published an invalid descriptor (SOCKS5 reply F1)',
  ],
  [0xf2, 'could not reach db.internal:5432: the introduction to the onion service failed (SOCKS5 reply F2)'],
  [0xf3, 'could not reach db.internal:5432: the rendezvous with the onion service failed (SOCKS5 reply F3)'],
  [0xf4, 'the onion service asks for a client authorisation that is missing (SOCKS5 reply F4)'],
  [0xf5, 'the onion service refused the client authorisation (SOCKS5 reply F5)'],
  [0xf6, 'could not reach db.internal:5432: the onion address is not valid (SOCKS5 reply F6)'],
  [
    0xf7,
    'could not reach db.internal:5432: the introduction to the onion service timed out (SOCKS5 reply F7)',
  ],
  [
    0xff,
    'would not connect to db.internal:5432: it failed for a reason that no standard names (SOCKS5 reply FF)',
  ],
]

it.each(replies)('SOCKS5 reply %i', async (reply, words) => {
  expect(await sentence({ script: { reply } })).toContain(words)
})

it('SOCKS5 reply 5', async () => {
  expect(await sentence({ script: { reply: 5 } })).toContain(
    'request: db.internal:5432 refused the connection from the next hop "Test hop" (127.0.0.1:HOP)',
  )
})

it.each([
  [
    0x5b,
    'request: The next hop "Test hop" (127.0.0.1:HOP) would not connect to db.internal:5432: the request was rejected or failed (SOCKS4 reply 5B)',
  ],
  [0x5c, 'it can not reach the ident service on this machine (SOCKS4 reply 5C)'],
  [0x5d, 'the ident service reports a different user id (SOCKS4 reply 5D)'],
])('SOCKS4 reply %i', async (reply, words) => {
  expect(await sentence({ script: { reply }, hop: { version: '4a' } })).toContain(words)
})

it.each<[string, Omit<RigOptions, 'to'>, string]>([
  [
    'an HTTP proxy',
    { script: greetings(foreignAnswers.http) },
    `greet: ${hop} does not speak SOCKS5 there: it answers like an HTTP proxy`,
  ],
  [
    'a TLS port',
    { script: greetings(foreignAnswers.tlsAlert) },
    `greet: ${hop} does not speak SOCKS5 there: it speaks TLS.`,
  ],
  [
    'an SSH server',
    { script: greetings(foreignAnswers.ssh) },
    `greet: ${hop} does not speak SOCKS5 there: it is an SSH server.`,
  ],
  [
    'something else',
    { script: greetings(foreignAnswers.garbage) },
    `greet: ${hop} does not speak SOCKS5 there: its answer is not SOCKS.`,
  ],
  [
    'silence',
    { script: { at: { accept: { then: 'end' } } } },
    `greet: ${hop} does not speak SOCKS5 there: it closed the connection without an answer.`,
  ],
  [
    'a break during the greeting',
    { script: { at: { greeting: { then: 'reset' } } } },
    `greet: ${hop} broke off the connection during the greeting.`,
  ],
  [
    'a break during the login',
    { script: { login, at: { login: { then: 'reset' } } }, hop: login },
    `authenticate: ${hop} broke off the connection during the login.`,
  ],
  [
    'a break during the request',
    { script: { at: { request: { then: 'reset' } } } },
    `request: ${hop} broke off the connection while it was asked for the destination.`,
  ],
  [
    'no way to log in (method FF)',
    { script: { answers: { greeting: Uint8Array.of(5, 0xff) } } },
    `greet: ${hop} wants a login. Give the hop a user and password.`,
  ],
  [
    'no way to log in with a login',
    { script: { at: { greeting: { send: Uint8Array.of(5, 0xff), then: 'end' } } }, hop: login },
    `greet: ${hop} accepts none of our ways to log in.`,
  ],
  [
    'a wrong password',
    { script: { login: { ...login, password: 'other' } }, hop: login },
    `authenticate: ${hop} refused the user or password. Check the hop’s user and password.`,
  ],
  [
    'a greeting that never comes',
    { script: { at: { accept: { then: 'stall' } } }, hop: { handshakeTimeoutMs: 150 } },
    `greet: ${hop} accepted the connection, but sent no SOCKS answer within 150 ms.`,
  ],
  [
    'a request without an answer',
    { script: { at: { request: { then: 'stall' } } }, hop: { handshakeTimeoutMs: 150 } },
    `request: ${hop} did not reach db.internal:5432 within 150 ms.`,
  ],
  [
    'a hop that is down',
    {},
    `connect-hop: ${hop} refused the connection: nothing listens there. ${checkProxy}`,
  ],
  [
    'a hop whose name is unknown',
    { hop: { host: 'nowhere.invalid', port: 1080 } },
    'connect-hop: The name of the next hop "Test hop" (nowhere.invalid:HOP) is not known. Check its spelling',
  ],
  [
    'a destination whose name is unknown here',
    { script: {}, hop: { resolveAt: 'here' } },
    'resolve: The name of db.internal:5432 is not known on this machine. Check its spelling, or let the next hop resolve it',
  ],
  [
    'a rule that blocks',
    { script: {}, rule: { route: { kind: 'block' } } },
    'route: A rule blocks db.internal:5432. Change the rule’s route if it should pass.',
  ],
  [
    'a client that may not connect',
    { script: {}, rule: { allowedClients: ['10.0.0.0/8'] } },
    'accept: The client 127.0.0.1',
  ],
])('%s', async (_, options, expected) => {
  expect(await sentence(options)).toContain(expected)
})

it('a hop that does not answer', async ({ skip }) => {
  skip(process.platform !== 'linux', 'only Linux lets a queue of connections fill up like this')
  const { port } = await managed(startMuteListener())
  expect(await sentence({ hop: { port, connectTimeoutMs: 200 } })).toContain(
    `connect-hop: ${hop} did not answer within 200 ms.`,
  )
})

it('an IPv6 destination by SOCKS4', async () => {
  const options = { to: { host: '::1', port: 80 }, script: {}, hop: { version: '4a' as const } }
  await expect(sentence(options)).rejects.toThrow(/SOCKS4/)
})

it('a connection over which nothing passes', async () => {
  const echo = await managed(startEcho())
  const { engine } = await makeRig({ to: echo.port, rule: { idleTimeoutMs: 200 } })
  const client = await engine.connect()
  await client.ending
  expect(sentenceOf(await engine.closedConnection(), {})).toContain(
    'relay: Nothing was sent either way within 200 ms.',
  )
})

it('a hop that dies while data is passing', async () => {
  const echo = await managed(startEcho())
  const { engine, hop: server } = await makeRig({ to: echo.port })
  const client = await engine.connect()
  await client.write('x')
  await client.take(1)
  await server.kill('reset')
  await client.ending
  expect(sentenceOf(await engine.closedConnection(), { HOP: server.port })).toContain(
    `relay: ${hop} broke off the connection while data was passing.`,
  )
})

it.each([
  ['refuses', '127.0.0.1', /: 127\.0\.0\.1:\d+ refused the connection\. Check that the service runs there/],
  [
    'has no known name',
    'nowhere.invalid',
    /: The name of nowhere\.invalid:\d+ is not known on this machine\./,
  ],
])('a destination without a hop that %s', async (_, host, expected) => {
  const rule = makeRule({ to: { host, port: await freePort() }, route: { kind: 'direct' } })
  const engine = await managed(startEngine(makeConfig({ rules: [rule] })))
  const client = await engine.connect()
  await client.ending
  expect(sentenceOf(await engine.closedConnection(), {})).toMatch(expected)
})

it('a hop that leads back here', async () => {
  // Port 0 hides the loop from validation.
  const rule = makeRule({ to: 80 })
  const engine = await managed(startEngine(makeConfig({ hops: [makeHop({ port: 1 })], rules: [rule] })))
  const port = await engine.port()
  await engine.apply(makeConfig({ hops: [makeHop({ port })], rules: [rule] }))
  const client = await engine.connect()
  await client.ending
  expect(sentenceOf(await engine.closedConnection(), { PORT: port })).toContain(
    'connect-hop: 127.0.0.1:PORT leads back to Nexthop itself.',
  )
})
