/**
 * @typedef {object} FpmOrder What electron-builder asks of fpm.
 * @property {Readonly<Record<string, string>>} options Those that are given once.
 * @property {readonly string[]} depends
 * @property {readonly string[]} recommends
 * @property {readonly { from: string, to: string }[]} files A folder that ends with "/" stands for what is in it.
 */

/** Options of one letter, by their long names. @type {Readonly<Record<string, string>>} */
const short = { '-s': '--input-type', '-t': '--output-type', '-d': '--depends' }
const withoutValue = ['--force', '--debug']

/** Reads what electron-builder passes to fpm. Throws where there is more than it is known to. @param {readonly string[]} args */
export function parseFpmArguments(args) {
  /** @type {Record<string, string>} */
  const options = {}
  /** @type {string[]} */
  const depends = []
  /** @type {string[]} */
  const recommends = []
  /** @type {{ from: string, to: string }[]} */
  const files = []
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = short[word] ?? word
    if (withoutValue.includes(name)) continue
    if (!name.startsWith('-')) {
      const at = name.lastIndexOf('=')
      if (at < 1) throw new Error(`not a mapping of files: ${name}`)
      files.push({ from: name.slice(0, at), to: name.slice(at + 1) })
      continue
    }
    const value = rest.shift()
    if (value === undefined) throw new Error(`${name} has no value`)
    if (name === '--depends') depends.push(value)
    else if (name === '--deb-recommends') recommends.push(value)
    else options[name.slice(2)] = value
  }
  return { options, depends, recommends, files }
}
