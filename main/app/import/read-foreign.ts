import { say } from '../../../shared/told.ts'
import { parse as parseYaml } from 'yaml'
import { InvalidError } from '../invalid-error.ts'
import { readCommandLines } from './command-lines.ts'
import { asList, asObject, type Foreign, type Loose } from './foreign.ts'
import { importGost } from './gost.ts'
import { importMihomo } from './mihomo.ts'
import { createPartsBuilder } from './parts-builder.ts'
import { importProxifier } from './proxifier.ts'
import { createSshImport } from './ssh.ts'
import { stripJsonComments } from './strip-json-comments.ts'
import { importXray } from './xray.ts'

// Which program a config is of is seen from its text alone: a file's name says little.

/** Of the lines that are left out; the others are counted. */
const mostLinesNamed = 3

/** Undefined where the text is of none of the programs that are known here. Throws an InvalidError where it is damaged. */
export function readForeign(text: string): Foreign | undefined {
  const plain = text.replace(/^\ufeff/, '').trim()
  if (plain.startsWith('<')) return /<ProxifierProfile\b/.test(plain) ? readProxifier(plain) : undefined
  // JSON, of Nexthop itself too, has no command lines in it, whatever its lines begin with.
  const json = readJson(plain)
  if (json) return readDocument(json)
  const commands = readCommands(plain)
  if (commands) return commands
  const yaml = readYaml(plain)
  return yaml && readDocument(yaml)
}

/** Throws an InvalidError for a document of a program whose documents have no importer. */
function readDocument(document: Loose): Foreign | undefined {
  if (isSingBox(document)) {
    throw new InvalidError(
      say('This is a config of sing-box, which can not be imported: add its rules by hand'),
      [],
    )
  }
  if (isGost(document)) {
    throw new InvalidError(
      say('This is a config of GOST: import its command lines, with -L and -F, instead'),
      [],
    )
  }
  if (isXray(document)) return importXray(document)
  return isMihomo(document) ? importMihomo(document) : undefined
}

function readProxifier(text: string): Foreign {
  try {
    return importProxifier(text)
  } catch {
    throw new InvalidError(
      say('This Proxifier profile is not complete XML: save it again and import that'),
      [],
    )
  }
}

function readJson(text: string): Loose | undefined {
  try {
    return asObject(JSON.parse(stripJsonComments(text)))
  } catch {
    return undefined
  }
}

function readYaml(text: string): Loose | undefined {
  try {
    return asObject(parseYaml(text, { logLevel: 'silent', maxAliasCount: 100 }))
  } catch {
    return undefined
  }
}

function isXray(document: Loose): boolean {
  return ['inbounds', 'outbounds', 'inbound', 'outbound'].some((key) => typeof document[key] === 'object')
}

/** Much as Xray's, but what Xray calls a protocol is a type there. */
function isSingBox(document: Loose): boolean {
  const bounds = ['inbounds', 'outbounds'].flatMap((key) => asList(document[key])).map(asObject)
  return bounds.length > 0 && bounds.every((bound) => 'type' in bound && !('protocol' in bound))
}

function isGost(document: Loose): boolean {
  return ['services', 'ServeNodes', 'Routes'].some((key) => Array.isArray(document[key]))
}

function isMihomo(document: Loose): boolean {
  return ['tunnels', 'proxies', 'proxy-groups', 'listeners'].some((key) => Array.isArray(document[key]))
}

function readCommands(text: string): Foreign | undefined {
  const lines = readCommandLines(text)
  const first = lines.find(({ program }) => program !== undefined)?.program
  if (first === undefined) return undefined
  const parts = createPartsBuilder(first)
  const importSsh = createSshImport(parts)
  const others: number[] = []
  for (const { program, args, line } of lines) {
    if (program === 'ssh') importSsh(args)
    else if (program === 'gost') importGost(parts, args)
    else others.push(line)
  }
  // What they say is not repeated: it may be a login.
  if (others.length > 0) parts.skip(describeOthers([...new Set(others)]))
  return parts.finish()
}

function describeOthers(lines: readonly number[]): string {
  if (lines.length === 1) return `Line ${lines[0]}: it is no ssh and no gost command that forwards`
  const more = lines.length - mostLinesNamed
  const named =
    more > 0
      ? `${lines.slice(0, mostLinesNamed).join(', ')} and ${more} more`
      : `${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`
  return `Lines ${named}: they are no ssh and no gost commands that forward`
}
