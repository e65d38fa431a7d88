import { relative, resolve, dirname, sep } from 'node:path'
import { importRules, packageRules } from '../../import-rules.js'
import { root } from './paths.mjs'

const folders = Object.keys(importRules)

/** The folder of import-rules.js that a file is in; undefined outside of all. @param {string} file An absolute path. */
function folderOf(file) {
  const path = relative(root, file).split(sep).join('/')
  return folders.find((folder) => path.startsWith(`${folder}/`))
}

/**
 * Says what is wrong with an import; undefined where nothing is.
 * @param {string} file The absolute path of the importing file.
 * @param {string} specifier What it imports.
 */
export function forbiddenImport(file, specifier) {
  const from = folderOf(file)
  if (from === undefined) return undefined
  if (!specifier.startsWith('.')) return forbiddenPackage(from, specifier)
  const to = folderOf(resolve(dirname(file), specifier))
  const allowed = importRules[from] ?? []
  if (to === undefined || to === from || allowed.includes(to)) return undefined
  return `${from} may import only ${allowed.join(', ') || 'nothing of ours'}, not ${to} (docs/architecture.md)`
}

/** @param {string} from A folder of the rules. @param {string} specifier */
function forbiddenPackage(from, specifier) {
  const allowed = packageRules[from] ?? []
  const isAllowed = allowed.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
  return isAllowed ? undefined : `${from} may not import ${specifier} (import-rules.js)`
}
