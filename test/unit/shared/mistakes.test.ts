import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../shared/contract.ts'
import { badRequest } from '../../../shared/errors.ts'
import { ruleSetSchema } from '../../../shared/library/rule-set.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { configSchema } from '../../../shared/model/config.ts'
import { formatPath, toIssues } from '../../../shared/model/issues.ts'
import { portField } from '../../../shared/model/fields.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { germanLabels } from '../../../shared/texts/labels-de.ts'
import { germanMistakes, inGerman } from '../../../shared/texts/mistakes-de.ts'
import { say, type Said } from '../../../shared/told.ts'

const gapsIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort()

const sources = globSync(['shared/**/*.ts', 'main/app/**/*.ts', 'renderer/**/*.ts'])
  .filter((path) => !path.startsWith('shared/texts/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** Every schema and check that a schema is made of. */
function partsOf(part: unknown, seen = new Set<unknown>()): readonly unknown[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return []
  seen.add(part)
  return [part, ...Object.values(part).flatMap((inner) => partsOf(inner, seen))]
}

describe('the sentences about mistakes', () => {
  it.each(Object.entries(germanMistakes))('%s', (english, german) => {
    expect(gapsIn(german)).toEqual(gapsIn(english))
    expect(german).not.toMatch(/[.!]$| {2}/)
  })

  it('are those that the program says, and no others', () => {
    const isSaid = (sentence: string) =>
      [`'${sentence.replaceAll("'", "\\'")}'`, `"${sentence}"`].some((literal) =>
        sources.some(({ text }) => text.includes(literal)),
      )
    expect(Object.keys(germanMistakes).filter((sentence) => !isSaid(sentence))).toEqual([])
    const labels = Object.keys(germanLabels).filter((label) => !isSaid(label))
    expect(labels).toEqual([])
  })

  it('have their German in every schema of a config, a rule set and a call', () => {
    const schemas = [configSchema, ruleSetSchema, ...Object.values(contract).map(({ input }) => input)]
    const checks = schemas.flatMap((schema) => partsOf(schema))
    const messages = checks.flatMap((check) =>
      typeof check === 'object' && check !== null && 'message' in check ? [check.message] : [],
    )
    expect(messages.filter((message) => typeof message === 'function').length).toBeGreaterThan(200)
    expect(messages.filter((message) => typeof message === 'string')).toEqual([])
  })

  it('have their German wherever a check or the app says one by hand', () => {
    const inEnglishAlone =
      /addIssue\(\{\s*message(?!: (?:saying|passOn)\()|(?:badRequest|notFound|conflict|new InvalidError)\(\s*['"`]/
    const found = sources
      .filter(({ path }) => !path.startsWith('renderer/'))
      .filter(({ text }) => inEnglishAlone.test(text))
    expect(found.map(({ path }) => path)).toEqual([])
  })
})

/** What is wrong with a config, in German, by its places. */
function germanMistakesOf(config: object): Record<string, string> {
  const result = parseConfig({ version: 1, ...config })
  if (result.ok) return {}
  return Object.fromEntries(result.issues.map((issue) => [formatPath(issue.path), inGerman(issue)]))
}

const hop = { id: 'h', name: 'Büro', host: '10.0.0.5', port: 1080, version: '5' }
const rule = {
  id: 'r',
  name: 'Datenbank',
  listen: { kind: 'tcp', port: 9102 },
  destination: { kind: 'fixed', host: 'db', port: 5432 },
  route: { kind: 'hop', hopId: 'h' },
}

describe('in German', () => {
  it('names the field as the form does, and the remedy', () => {
    const hops = [{ ...hop, name: '', host: 'a b', port: 0, connectTimeoutMs: 1, tls: { ca: 'x' } }]
    expect(germanMistakesOf({ hops })).toEqual({
      'hops[0].name': '„Name“ ist leer: einen Namen eingeben',
      'hops[0].host': '„Rechner oder IP-Adresse“: „a b“ ist kein Rechnername: „ “ kann darin nicht vorkommen',
      'hops[0].port': '„Port“ muss eine ganze Zahl von 1 bis 65535 sein',
      'hops[0].connectTimeoutMs': '„Zeitlimit Verbinden“ muss eine ganze Zahl von 100 bis 300000 ms sein',
      'hops[0].tls.ca': 'Das CA-Zertifikat muss Text in PEM sein: -----BEGIN CERTIFICATE----- und so weiter',
    })
  })

  it('tells what checks by hand, and of several fields, find', () => {
    expect(germanMistakesOf({ hops: [{ ...hop, version: '4', password: 'x' }] })).toEqual({
      'hops[0].password':
        'SOCKS4 kennt kein Passwort, nur eine Benutzerkennung: das Passwort entfernen, oder SOCKS5 wählen',
    })
    const exposed = { ...rule, listen: { kind: 'tcp', host: '0.0.0.0', port: 9102 } }
    expect(germanMistakesOf({ hops: [hop], rules: [exposed] })).toEqual({
      'rules[0].allowedClients': expect.stringContaining(
        'Diese Adresse steht anderen Rechnern offen',
      ) as string,
    })
  })

  it('tells what parts of a config say of each other', () => {
    const rules = [rule, { ...rule, id: 's', name: 'datenbank' }]
    expect(germanMistakesOf({ hops: [hop], rules })).toEqual({
      'rules[1].name': 'So heißt schon eine andere Portregel: einen anderen Namen als „datenbank“ wählen',
      'rules[1].listen.port':
        'Auf 127.0.0.1:9102 lauscht schon die Regel „Datenbank“: etwas anderes wählen, oder eine der beiden ausschalten',
    })
  })

  it('lists choices and names in its words', () => {
    const { settings } = { settings: { theme: 'red' } }
    expect(germanMistakesOf({ settings })).toEqual({
      'settings.theme': '„Design“ muss „system“, „light“ oder „dark“ sein',
    })
    const names = ['a', 'b', 'c', 'd', 'e']
    expect(say('port rules {names}', { names }).message).toBe('port rules "a", "b", "c" and 2 more')
    expect(inGerman(say('port rules {names}', { names }))).toBe('Portregeln „a“, „b“, „c“ und 2 weitere')
  })

  it('takes the name of a field from whoever asks for it', () => {
    const { issues = [] } = v.safeParse(portField({ en: 'Port of the mail server', de: 'Port für Mail' }), 0)
    const [issue = { message: '' }] = toIssues(issues)
    expect(issue.message).toBe('Port of the mail server must be a whole number from 1 to 65535')
    expect(inGerman(issue)).toBe('„Port für Mail“ muss eine ganze Zahl von 1 bis 65535 sein')
  })

  it('goes into what is said of it, and stays English where there is no German', () => {
    const mistake: Said = say('{label} is empty', { label: 'Name' })
    const said = say('Port rule "{name}": {mistake}', { name: 'Datenbank', mistake })
    expect(said.message).toBe('Port rule "Datenbank": Name is empty')
    expect(inGerman(said)).toBe('Portregel „Datenbank“: „Name“ ist leer')
    expect(inGerman({ message: 'A later sentence', told: { says: 'A {what} sentence' } })).toBe(
      'A later sentence',
    )
    expect(inGerman({ message: 'No sentence of ours' })).toBe('No sentence of ours')
  })

  it('is what a refused request says', () => {
    const { failure } = badRequest(
      say('{most} checks are running already: wait for one to end', { most: 32 }),
    )
    expect(explainInFull(failure)).toBe('32 checks are running already: wait for one to end.')
    expect(explainInFull(failure, 'de')).toBe('Es laufen schon 32 Prüfungen: warten, bis eine endet.')
  })
})
