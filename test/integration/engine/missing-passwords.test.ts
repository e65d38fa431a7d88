import { describe, expect, it } from 'vitest'
import { resolvePasswords } from '../../../main/app/passwords.ts'
import { problemsOf } from '../../../shared/problems.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import type { PortRuleInput } from '../../../shared/model/port-rule.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

// A proxy that sees logins without their password may lock the user out, so it is left alone.

const because =
  /^The password of the next hop "Office" \(127\.0\.0\.1:\d+\) is not available: the environment variable PW is not set\. /

async function prepare(route: PortRuleInput['route'], rule: Partial<RuleFields> = {}) {
  const echo = await managed(startEcho())
  const office = await managed(startSocksServer({ login: { user: 'me', password: 'right' } }))
  const other = await managed(startSocksServer())
  const healthCheck = { kind: 'handshake', intervalMs: 500, fall: 1, rise: 1 } as const
  const config = makeConfig({
    hops: [
      makeHop({
        ...{ id: 'office', name: 'Office', port: office.port, user: 'me', passwordFrom: { env: 'PW' } },
        healthCheck,
      }),
      makeHop({ id: 'other', name: 'Other', port: other.port, healthCheck }),
    ],
    lists: [{ id: 'l', name: 'Both', hopIds: ['office', 'other'] }],
    rules: [makeRule({ to: echo.port, route, ...rule })],
  })
  const resolve = async (env: Record<string, string>) =>
    (await resolvePasswords(config, { env, firstLine: () => '' })).config
  const engine = await managed(startEngine(await resolve({})))
  return { engine, office, other, resolve, config }
}

describe('a hop whose password is not available', () => {
  it('is not connected to: its connections fail with the true cause, until the password is there', async () => {
    const { engine, office, resolve, config } = await prepare({ kind: 'hop', hopId: 'office' })
    for (const index of [0, 1]) {
      await (
        await engine.connect()
      ).ending
      const failure = await engine.failure(index)
      expect(failure).toMatchObject({ code: 'hop-auth-failed', stage: 'authenticate' })
      expect(explainInFull(failure)).toMatch(because)
    }
    const runtime = await engine.engine.snapshot()
    expect(problemsOf({ config, runtime, engine: { state: 'running', restarts: 0 } })).toMatchObject([
      { kind: 'hop-down', name: 'Office', action: 'edit-login', failure: { login: 'unavailable' } },
    ])
    expect(office.accepted).toBe(0)

    await engine.apply(await resolve({ PW: 'right' }))
    const client = await engine.connect()
    await client.write('x')
    expect(await client.takeText(1)).toBe('x')
  })

  it('is passed over by a list, and by its health check', async () => {
    const { engine, office, other } = await prepare({ kind: 'list', listId: 'l' })
    await until('the other one was checked', () => other.accepted > 0)
    const client = await engine.connect()
    await client.write('x')
    expect(await client.takeText(1)).toBe('x')
    client.end()
    const { stages } = await engine.closedConnection()
    expect(stages.find(({ stage }) => stage === 'route')?.note).toBe(
      'list Both: Other; Office left alone: its password is not available',
    )
    expect(office.accepted).toBe(0)
  })

  it('ends a chain before it begins', async () => {
    const { engine, other } = await prepare({ kind: 'chain', hopIds: ['other', 'office'] })
    const checks = other.asks.length
    await (
      await engine.connect()
    ).ending
    expect(explainInFull(await engine.failure())).toMatch(because)
    expect(other.asks.length).toBe(checks)
  })

  it('can be gone past, where that is the last resort', async () => {
    const { engine } = await prepare({ kind: 'hop', hopId: 'office' }, { lastResortDirect: true })
    const client = await engine.connect()
    await client.write('x')
    expect(await client.takeText(1)).toBe('x')
  })
})
