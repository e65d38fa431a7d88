/** JSON as its comments and trailing commas are taken out, which V2Ray and Xray allow. Places stay the same. */
export function stripJsonComments(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  const withoutComments = text.replace(
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|^\s*#[^\n]*/gm,
    (part) => (part.startsWith('"') ? part : blank(part)),
  )
  return withoutComments.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? ' ' : part))
}
