import type { Config } from '../../../shared/model/config.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'

// What the exporters for other engines have in common.

/** The rules of a config, for an engine that is made for a fleet. */
export interface EngineConfig {
  readonly text: string
  /** How many port rules are in it. */
  readonly ruleCount: number
  /** What the engine does otherwise than Nexthop, in sentences. */
  readonly notes: readonly string[]
  /** What can't be said in its words and is left out, in sentences. */
  readonly unmapped: readonly string[]
}

export interface EngineExportOptions {
  /** Other engines know no locked passwords: they are in the file in clear, or not at all. */
  readonly withPasswords: boolean
}

export type EngineExporter = (config: Config, options: EngineExportOptions) => EngineConfig

/** Collects sentences, each once. */
export function createRemarks() {
  const notes = new Set<string>()
  const unmapped = new Set<string>()
  return {
    note: (sentence: string) => void notes.add(sentence),
    skip: (sentence: string) => void unmapped.add(sentence),
    all: () => ({ notes: [...notes], unmapped: [...unmapped] }),
  }
}
export type Remarks = ReturnType<typeof createRemarks>

/**
 * Without its conditions, a rule would let pass what one of them blocks, so it is left out and told of. True where it has
 * some that are on.
 */
export function refusedForConditions(
  config: Pick<Config, 'conditions'>,
  rule: PortRule,
  remarks: Remarks,
): boolean {
  const isOn = ({ enabled }: { readonly enabled: boolean }) => enabled
  const [hasOwn, hasCommon] = [rule.conditions.some(isOn), config.conditions.some(isOn)]
  if (rule.enabled && (hasOwn || hasCommon)) {
    const which =
      hasOwn && hasCommon ? 'its conditions and those' : hasOwn ? 'its conditions' : 'the conditions'
    remarks.skip(`Port rule "${rule.name}": ${which}${hasCommon ? ' of all rules' : ''} are not exported`)
  }
  return hasOwn || hasCommon
}

/** Letters, digits and "-", as every engine takes them for a name; unique, as the id is in it. */
export function toTag(part: { readonly id: string; readonly name: string }): string {
  const words = part.name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return words === '' ? part.id : `${words}-${part.id.slice(0, 8)}`
}
