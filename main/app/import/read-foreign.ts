import { parse as parseYaml } from 'yaml'
import { InvalidError } from '../invalid-error.ts'
import { readCommandLines } from './command-lines.ts'
import { asObject, type Foreign, type Loose } from './foreign.ts'
import { importGost } from './gost.ts'
import { importMihomo } from './mihomo.ts'
import { createPartsBuilder } from './parts-builder.ts'
import { importProxifier } from './proxifier.ts'
import { createSshImport } from './ssh.ts'
import { stripJsonComments } from './strip-json-comments.ts'
import { importXray } from './xray.ts'

// Which program a config is of is seen from its text alone: a file's name says little.

/** Undefined where the text is of none of the programs that are known here. Throws an InvalidError where it is damaged. */
export function readForeign(text: string): Foreign | undefined {
  const plain = text.replace(/^\ufeff/, '').trim()
  if (plain.startsWith('<')) return /<ProxifierProfile\b/.test(plain) ? readProxifier(plain) : undefined
  if (/^(\/\/|\/\*|#|\s|\{)/.test(plain)) {
    const json = readJson(plain)
    if (json && isXray(json)) return importXray(json)
  }
  const commands = readCommands(plain)
  if (commands) return commands
  const yaml = readYaml(plain)
  if (yaml && isXray(yaml)) return importXray(yaml)
  return yaml && isMihomo(yaml) ? importMihomo(yaml) : undefined
}

function readProxifier(text: string): Foreign {
  try {
    return importProxifier(text)
  } catch {
    throw new InvalidError('This Proxifier profile is not complete XML: save it again and import that', [])
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

function isMihomo(document: Loose): boolean {
  return ['tunnels', 'proxies', 'proxy-groups', 'listeners'].some((key) => Array.isArray(document[key]))
}

function readCommands(text: string): Foreign | undefined {
  const lines = readCommandLines(text)
  const first = lines.find(({ program }) => program !== undefined)?.program
  if (first === undefined) return undefined
  const parts = createPartsBuilder(first)
  const importSsh = createSshImport(parts)
  for (const { program, args, line } of lines) {
    if (program === 'ssh') importSsh(args)
    else if (program === 'gost') importGost(parts, args)
    // What it says is not repeated: it may be a login.
    else parts.skip(`Line ${line}: it is no ssh and no gost command`)
  }
  return parts.finish()
}
