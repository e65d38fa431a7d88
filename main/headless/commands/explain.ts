import { detectedProtocols, type DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import { explainConfig } from '../../app/explain-config.ts'
import { InvalidError } from '../../app/invalid-error.ts'
import { UsageError, type Command, type Given } from '../command.ts'
import { openPresentConfig, readConfigOption } from '../config-edit.ts'
import { describeExplanation } from '../explanation-words.ts'
import { findRule } from '../find-rule.ts'

export const explain: Command = {
  name: 'explain',
  summary: 'Tells what would become of a connection: which condition decides, and which hops are tried.',
  operands: [],
  options: {
    rule: { type: 'string', value: 'NAME', summary: 'the port rule' },
    client: { type: 'string', value: 'ADDRESS', summary: 'where the connection comes from' },
    target: {
      type: 'string',
      value: 'HOST:PORT',
      summary: 'where it wants to go, for rules that find it in the traffic',
    },
    protocol: {
      type: 'string',
      value: detectedProtocols.join('|'),
      summary: 'what the client speaks',
    },
    at: { type: 'string', value: 'TIME', summary: 'when: 14:05, or "sat 14:05" (now)' },
    ...readConfigOption,
  },
  notes: [
    'It makes no connection. Conditions are asked in their order, those of all rules first, and the first that holds ' +
      'decides; each of the others is told with what did not match. What is not given is not guessed: a condition that ' +
      'depends on it is told as open.',
    'The config alone is looked at, so hops in maintenance are left out, and whether a hop is down is not known. The app ' +
      'itself knows: Explain, in the menu of a rule.',
  ],
  examples: [
    {
      line: 'nexthop explain --rule Browsers --client 10.0.0.5 --target intranet.example.com:443',
      says: 'which way does the intranet take?',
    },
    { line: 'nexthop explain --rule Backup --at "sat 23:30"', says: 'and on Saturday night?' },
  ],
  run: async (given, context) => {
    const { console } = context
    const name = given.text('rule')
    if (name === undefined) throw new UsageError('--rule is missing: the name of the port rule')
    const { config } = openPresentConfig(given, context).editor
    const { id: ruleId } = findRule(config, name)
    const explanation = tryTo(() => explainConfig(config, { ruleId, ...toldIn(given) }))
    console.result(describeExplanation(explanation).join('\n'), {
      event: 'explanation',
      ...explanation,
    })
    return 0
  },
}

function toldIn(given: Given) {
  const [client, target, at] = [given.text('client'), given.text('target'), given.text('at')]
  const protocol = given.text('protocol')
  if (protocol !== undefined && !isProtocol(protocol)) {
    throw new UsageError(`--protocol must be one of ${detectedProtocols.join(', ')}`)
  }
  return {
    ...(client !== undefined && { client }),
    ...(target !== undefined && { target }),
    ...(at !== undefined && { at }),
    ...(protocol !== undefined && { protocol }),
  }
}

function isProtocol(text: string): text is DetectedProtocol {
  return (detectedProtocols as readonly string[]).includes(text)
}

/** What was typed is wrong, not what is in the config. */
function tryTo<T>(task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    throw new UsageError(error.message)
  }
}
