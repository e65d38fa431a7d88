/** The text below the heading `## VERSION`, up to the next one. @param {string} version @param {string} changelog */
export function notesOf(version, changelog) {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find((text) => text.split(/[\s(]/, 1)[0] === version)
  const notes = section?.split('\n').slice(1).join('\n').trim()
  return notes === '' ? undefined : notes
}
