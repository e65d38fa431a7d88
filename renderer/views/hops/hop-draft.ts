import * as v from 'valibot'
import { crossCheck } from '../../../shared/model/cross-check.ts'
import { parseHopUrl } from '../../../shared/model/hop-url.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import type { NewHopDefaults } from '../../../shared/model/new-part-defaults.ts'
import {
  defaultResolveAt,
  hopDefaults,
  nextHopSchema,
  type NextHop,
  type PasswordSource,
  type ResolveAt,
  type SocksVersion,
} from '../../../shared/model/next-hop.ts'
import type { Said } from '../../../shared/told.ts'
import type { ConfigView, HopView } from '../../../shared/runtime.ts'
import { toMs, toWholeNumber } from '../../state/numbers.ts'
import { toHealthCheckDraft, toHealthCheckInput, type HealthCheckDraft } from './health-check-draft.ts'

/** A next hop as the form holds it: what was typed, as text. */
export interface HopDraft extends HealthCheckDraft {
  readonly id: string
  name: string
  host: string
  port: string
  version: SocksVersion
  resolveAt: ResolveAt
  user: string
  /** What was typed; '' means that the stored one stays. */
  password: string
  /** A password is stored with the hop, and stays unless one is typed. */
  keepsPassword: boolean
  readonly passwordFrom: PasswordSource | undefined
  connectSeconds: string
  handshakeSeconds: string
  retries: string
  waitSeconds: string
  maxWaitSeconds: string
  threshold: string
  /** 0: as many as come. */
  maxConnections: string
  maintenance: boolean
  /** Protocol and TLS, and what the form does not show and leaves as it is. */
  kept: Partial<Pick<NextHop, (typeof keptFields)[number]>>
}

const keptFields = ['protocol', 'tls'] as const

const seconds = (ms: number) => String(ms / 1000)

export function emptyHop(id: string, start: NewHopDefaults = hopDefaults): HopDraft {
  return {
    id,
    name: '',
    host: '',
    port: '1080',
    version: '5',
    resolveAt: defaultResolveAt('5'),
    user: '',
    password: '',
    keepsPassword: false,
    passwordFrom: undefined,
    connectSeconds: seconds(start.connectTimeoutMs),
    handshakeSeconds: seconds(start.handshakeTimeoutMs),
    retries: String(start.retries),
    waitSeconds: seconds(start.failureWaitMs),
    maxWaitSeconds: seconds(hopDefaults.maxFailureWaitMs),
    threshold: String(hopDefaults.failureThreshold),
    maxConnections: '0',
    maintenance: false,
    ...toHealthCheckDraft(undefined),
    kept: {},
  }
}

export function toHopDraft(hop: HopView): HopDraft {
  return {
    id: hop.id,
    name: hop.name,
    host: hop.host,
    port: String(hop.port),
    version: hop.version,
    resolveAt: hop.resolveAt,
    user: hop.user ?? '',
    password: '',
    keepsPassword: hop.hasPassword && hop.passwordFrom === undefined,
    passwordFrom: hop.passwordFrom,
    connectSeconds: seconds(hop.connectTimeoutMs),
    handshakeSeconds: seconds(hop.handshakeTimeoutMs),
    retries: String(hop.retries),
    waitSeconds: seconds(hop.failureWaitMs),
    maxWaitSeconds: seconds(hop.maxFailureWaitMs),
    threshold: String(hop.failureThreshold),
    maxConnections: String(hop.maxConnections),
    maintenance: hop.maintenance,
    ...toHealthCheckDraft(hop.healthCheck),
    kept: Object.fromEntries(
      keptFields.flatMap((field) => (hop[field] === undefined ? [] : [[field, hop[field]]])),
    ),
  }
}

/** The draft after another version was chosen: names are resolved where that version can. */
export function withVersion(draft: HopDraft, version: SocksVersion): Pick<HopDraft, 'version' | 'resolveAt'> {
  const isPossible = version === '5' || defaultResolveAt(version) === draft.resolveAt
  return { version, resolveAt: isPossible ? draft.resolveAt : defaultResolveAt(version) }
}

/** What a hop speaks, as the form lets it be chosen. */
export type HopKind = SocksVersion | 'http'

export function kindOf({ kept, version }: Pick<HopDraft, 'kept' | 'version'>): HopKind {
  return kept.protocol === 'http' ? 'http' : version
}

export function withKind(draft: HopDraft, kind: HopKind): Pick<HopDraft, 'version' | 'resolveAt' | 'kept'> {
  const protocol = kind === 'http' ? 'http' : 'socks'
  // What HTTP can do is what SOCKS5 can: names, IPv6, passwords.
  return { ...withVersion(draft, kind === 'http' ? '5' : kind), kept: { ...draft.kept, protocol } }
}

export function withTls({ kept: { tls: _tls, ...kept } }: HopDraft, on: boolean): Pick<HopDraft, 'kept'> {
  return { kept: { ...kept, ...(on && { tls: { verify: true } }) } }
}

/** What a hop speaks, for a table. */
export function describeKind({
  protocol,
  version,
  tls,
}: Pick<HopView, 'protocol' | 'version' | 'tls'>): string {
  return `${protocol === 'http' ? 'HTTP' : `SOCKS${version}`}${tls ? ' + TLS' : ''}`
}

/** What a pasted URL says of a hop; undefined if it is no URL of one. */
export function fromUrl(text: string): Partial<HopDraft> | { readonly problem: Said } {
  const parsed = parseHopUrl(text)
  if (!parsed.ok) return { problem: parsed }
  const { host, port, version, resolveAt, user, password, protocol = 'socks', tls } = parsed.value
  return {
    kept: { protocol, ...(tls && { tls: { verify: true, ...tls } }) },
    host,
    port: String(port),
    version,
    resolveAt,
    user: user ?? '',
    password: password ?? '',
    keepsPassword: false,
  }
}

export function nameForHop({ name, host }: HopDraft): string {
  return name.trim() || host.trim().slice(0, 64)
}

/** The hop as the schema takes it, with the password only where one was typed. */
export function toHopInput(draft: HopDraft): Record<string, unknown> {
  return {
    id: draft.id,
    name: nameForHop(draft),
    host: draft.host.trim(),
    port: toWholeNumber(draft.port),
    version: draft.version,
    resolveAt: draft.resolveAt,
    ...(draft.user !== '' && { user: draft.user }),
    ...(draft.password !== '' && { password: draft.password }),
    ...(draft.passwordFrom && draft.password === '' && { passwordFrom: draft.passwordFrom }),
    connectTimeoutMs: toMs(draft.connectSeconds),
    handshakeTimeoutMs: toMs(draft.handshakeSeconds),
    retries: toWholeNumber(draft.retries),
    failureWaitMs: toMs(draft.waitSeconds),
    maxFailureWaitMs: toMs(draft.maxWaitSeconds),
    failureThreshold: toWholeNumber(draft.threshold),
    maxConnections: toWholeNumber(draft.maxConnections),
    maintenance: draft.maintenance,
    ...toHealthCheckInput(draft),
    ...draft.kept,
  }
}

/** What `hop.save` is given: null takes a stored password away. */
export function toSaveInput(draft: HopDraft): Record<string, unknown> {
  const removes = draft.password === '' && !draft.keepsPassword
  return { ...toHopInput(draft), ...(removes && { password: null }) }
}

export type CheckedHop =
  { readonly ok: true; readonly hop: NextHop } | { readonly ok: false; readonly issues: readonly Issue[] }

/** Checks a draft by itself, then against the rest of the config. Paths are those of a next hop. */
export function checkHop(draft: HopDraft, config: ConfigView): CheckedHop {
  // A stored password is not known here, but counts for what the fields say of each other.
  const stored = draft.keepsPassword && draft.password === '' ? { password: 'stored' } : {}
  const parsed = v.safeParse(nextHopSchema, { ...toHopInput(draft), ...stored })
  if (!parsed.success) {
    // The host gives the name where none is given: it alone is missing then.
    const isNameless = nameForHop(draft) === ''
    return {
      ok: false,
      issues: toIssues(parsed.issues).filter(({ path }) => !(isNameless && path[0] === 'name')),
    }
  }
  const hop = parsed.output
  const hops = [...config.hops.filter(({ id }) => id !== hop.id), hop]
  const index = hops.length - 1
  const issues = crossCheck({ ...config, hops })
    .filter(({ path }) => path[0] === 'hops' && path[1] === index)
    .map((issue) => ({ ...issue, path: issue.path.slice(2) }))
  return issues.length === 0 ? { ok: true, hop } : { ok: false, issues }
}

/** The draft as a check takes it, in another version where asked: what that version can not do is left out. */
export function toTrial(draft: HopDraft, version: SocksVersion = draft.version): NextHop | undefined {
  const { password, passwordFrom, ...rest } = toHopInput({
    ...draft,
    ...withVersion(draft, version),
    version,
  })
  const secrets = version === '5' ? { password, passwordFrom } : {}
  const given = Object.entries(secrets).filter(([, value]) => value !== undefined)
  const name = rest.name === '' ? 'new' : rest.name
  const parsed = v.safeParse(nextHopSchema, { ...rest, name, ...Object.fromEntries(given) })
  return parsed.success ? parsed.output : undefined
}
