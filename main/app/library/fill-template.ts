// Puts answers into the parts of a rule set:
//   "$port"              the value itself, of any type
//   "… ${target.host} …" its text, inside of a text
//   "$$"                a plain $
//   {"$if": "target", "then": …, "else": …}   one of the two, by whether there is an answer
//   "$new.list"         a function gets the name behind the dot
// A field without a value is left out. Answers are never looked into: a "$" in one stays.

export type Values = Readonly<Record<string, unknown>>

const whole = /^\$([a-z]\w*(?:\.\w+)?)$/
const inside = /\$\$|\$\{([a-z]\w*(?:\.\w+)?)\}/g

export function fillTemplate(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return fillText(template, values)
  if (Array.isArray(template)) {
    return template.map((entry) => fillTemplate(entry, values)).filter((entry) => entry !== undefined)
  }
  if (typeof template !== 'object' || template === null) return template
  if ('$if' in template) {
    const { $if: name, then, else: otherwise } = template as { $if: unknown; then?: unknown; else?: unknown }
    return fillTemplate(find(values, String(name)) === undefined ? otherwise : then, values)
  }
  const fields = Object.entries(template).map(([key, value]) => [key, fillTemplate(value, values)] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

function fillText(text: string, values: Values): unknown {
  const name = whole.exec(text)?.[1]
  if (name !== undefined) return find(values, name)
  return text.replace(inside, (_, path: string | undefined) => {
    if (path === undefined) return '$'
    const value = find(values, path)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  })
}

function find(values: Values, path: string): unknown {
  const [name = '', field] = path.split('.')
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (field === undefined) return value
  if (typeof value === 'function') return (value as (field: string) => unknown)(field)
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined
  return (value as Values)[field]
}

/** The names that a template asks for, without their fields. */
export function namesIn(template: unknown): string[] {
  if (typeof template === 'string') {
    const single = whole.exec(template)?.[1]
    const paths = single === undefined ? [...template.matchAll(inside)].map((match) => match[1]) : [single]
    return paths.flatMap((path) => path?.split('.')[0] ?? [])
  }
  if (typeof template !== 'object' || template === null) return []
  const own = '$if' in template && typeof template.$if === 'string' ? [template.$if] : []
  return [
    ...own,
    ...Object.entries(template).flatMap(([key, value]) => (key === '$if' ? [] : namesIn(value))),
  ]
}
