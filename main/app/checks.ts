import type { CallParsed } from '../../shared/contract.ts'
import { badRequest, conflict, notFound } from '../../shared/errors.ts'
import { type Endpoint } from '../../shared/model/address.ts'
import { parseEndpoint } from '../../shared/model/parse-address.ts'
import { hostKind } from '../../shared/model/host.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { CheckReport } from '../../shared/runtime.ts'
import { say, type Said } from '../../shared/told.ts'
import type { CheckRequest, Engine } from '../engine/api.ts'
import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import type { EventHub } from './event-hub.ts'
import { InvalidError } from './invalid-error.ts'
import type { Log } from './log.ts'
import { passwordsOf, resolvePassword, type PasswordSources } from './passwords.ts'

// Running checks of hops, each with a name that the caller chose.

export interface ChecksOptions {
  readonly editor: Pick<ConfigEditor, 'config'>
  readonly engine: Pick<Engine, 'check'>
  readonly sources: PasswordSources
  readonly hub: Pick<EventHub, 'publish'>
  readonly log: Pick<Log, 'learnSecrets'>
}

export interface Checks {
  readonly handlers: Pick<Handlers, 'hop.check' | 'hop.cancelCheck'>
  /** Ends all that still run. */
  close(): void
}

const mostAtOnce = 32

export function createChecks({ editor, engine, sources, hub, log }: ChecksOptions): Checks {
  const running = new Map<string, AbortController>()

  async function check({ checkId, hop, target }: CallParsed<'hop.check'>): Promise<CheckReport> {
    if (running.has(checkId))
      throw conflict(say('A check with this id is running already: choose another id'))
    if (running.size >= mostAtOnce)
      throw conflict(say('{most} checks are running already: wait for one to end', { most: mostAtOnce }))
    const controller = new AbortController()
    running.set(checkId, controller)
    try {
      const request = await toRequest(hop, target)
      controller.signal.throwIfAborted()
      return await engine.check(
        request,
        (stages) => {
          hub.publish('check.progressed', { checkId, stages })
        },
        controller.signal,
      )
    } finally {
      running.delete(checkId)
    }
  }

  async function toRequest(
    asked: CallParsed<'hop.check'>['hop'],
    target: string | undefined,
  ): Promise<CheckRequest> {
    const resolved = await resolvePassword(
      asked.kind === 'id' ? find(asked.id) : withStoredPassword(asked.hop, editor.config.hops),
      sources,
    )
    if (!resolved.ok) throw badRequest(resolved.said)
    log.learnSecrets(passwordsOf({ hops: [resolved.hop] }))
    const { hop } = resolved
    return target === undefined ? { hop } : { hop, target: parseTarget(target, hop) }
  }

  function find(id: string): NextHop {
    const hop = editor.config.hops.find((other) => other.id === id)
    if (!hop) throw notFound(say('There is no such next hop: it may have been removed'))
    return hop
  }

  return {
    handlers: {
      'hop.check': check,
      'hop.cancelCheck': ({ checkId }) => {
        const controller = running.get(checkId)
        if (!controller) throw notFound(say('This check is not running: it may have ended already'))
        controller.abort()
        return {}
      },
    },
    close: () => {
      for (const controller of running.values()) controller.abort()
    },
  }
}

/** A draft of a stored hop comes without its password, which clients never get: it is tried with the stored one. */
export function withStoredPassword(draft: NextHop, hops: readonly NextHop[]): NextHop {
  const isWithout = draft.password === undefined && draft.passwordFrom === undefined
  if (!isWithout || !draft.user || draft.version !== '5') return draft
  const stored = hops.find(({ id }) => id === draft.id)
  return stored?.password === undefined ? draft : { ...draft, password: stored.password }
}

function parseTarget(text: string, { version }: NextHop): Endpoint {
  const parsed = parseEndpoint(text)
  if (!parsed.ok) throw wrongTarget(parsed)
  if (version !== '5' && hostKind(parsed.value.host) === 'ipv6') {
    throw wrongTarget(
      say('is an IPv6 address, which SOCKS{version} has not: give a name or an IPv4 address', { version }),
    )
  }
  return parsed.value
}

function wrongTarget({ message, told }: Said): InvalidError {
  const said = say('Target {why}', { why: { message, ...(told && { told }) } })
  return new InvalidError(said, [{ path: ['target'], ...said }])
}
