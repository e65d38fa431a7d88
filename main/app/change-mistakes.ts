import { parseConfig, type Config } from '../../shared/model/config.ts'
import type { Issue } from '../../shared/model/issues.ts'
import { say, type Said } from '../../shared/told.ts'

// A call changes one part of the config, but the mistakes are those of the whole. Here they are put where the caller
// can find them: at the part that was given where they concern it, else in words that name the other part.

export type Section = 'hops' | 'lists' | 'rules'
type Path = Issue['path']

/** The parts that a call was given, and where they are in its input. */
export type Focus =
  | {
      readonly section: Section
      readonly ids: readonly string[]
      /** `rest` is the path inside of the part. */
      readonly place: (id: string, rest: Path) => Path
    }
  /** All conditions of all rules; in the input they have the same name. */
  | { readonly section: 'conditions' }

/** What is wrong with a changed config, with paths relative to the input that changed it; empty if nothing is. */
export function findChangeMistakes(changed: Config, focus?: Focus): Issue[] {
  // Of two parts that exclude each other the later one is blamed: that should be the one that was given now.
  const arranged = focus ? withLast(changed, focus) : changed
  const result = parseConfig(arranged)
  return result.ok ? [] : result.issues.map((issue) => relocate(issue, arranged, focus))
}

function withLast(config: Config, focus: Focus): Config {
  if (focus.section === 'conditions') return config
  const { section, ids } = focus
  const given = new Set(ids)
  const others = (part: { readonly id: string }) => !given.has(part.id)
  const those = (part: { readonly id: string }) => given.has(part.id)
  switch (section) {
    case 'hops':
      return { ...config, hops: [...config.hops.filter(others), ...config.hops.filter(those)] }
    case 'lists':
      return { ...config, lists: [...config.lists.filter(others), ...config.lists.filter(those)] }
    case 'rules':
      return { ...config, rules: [...config.rules.filter(others), ...config.rules.filter(those)] }
  }
}

function relocate({ path, ...mistake }: Issue, config: Config, focus: Focus | undefined): Issue {
  const [section, index, ...rest] = path
  if (section === 'conditions') {
    if (focus?.section === 'conditions') return { path, ...mistake }
    if (typeof index !== 'number') return { path: [], ...mistake }
    return { path: [], ...say('Condition {number} of all rules: {mistake}', { number: index + 1, mistake }) }
  }
  if (!isSection(section) || typeof index !== 'number') return { path: [], ...mistake }
  const part = config[section][index]
  if (!part) return { path: [], ...mistake }
  if (focus && focus.section !== 'conditions' && focus.section === section && focus.ids.includes(part.id)) {
    return { path: focus.place(part.id, rest), ...mistake }
  }
  return { path: [], ...ofPart[section](part.name, mistake) }
}

function isSection(key: string | number | undefined): key is Section {
  return typeof key === 'string' && Object.hasOwn(ofPart, key)
}

const ofPart: Readonly<Record<Section, (name: string, mistake: Said) => Said>> = {
  hops: (name, mistake) => say('Next hop "{name}": {mistake}', { name, mistake }),
  lists: (name, mistake) => say('Next-hop list "{name}": {mistake}', { name, mistake }),
  rules: (name, mistake) => say('Port rule "{name}": {mistake}', { name, mistake }),
}
