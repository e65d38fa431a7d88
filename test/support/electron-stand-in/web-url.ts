// Chromium takes no scheme that is not compiled in, so app://HOST/ is https://HOST.app.test/ there (RFC 6761: .test
// leads nowhere). Other URLs stay as they are.

const suffix = '.app.test'

export function toWebUrl(url: string): string {
  const match = /^app:\/\/([^/?#]*)(.*)$/s.exec(url)
  return match ? `https://${match[1]}${suffix}${match[2]}` : url
}

export function toAppUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'https:' || !parsed.host.endsWith(suffix)) return url
  return `app://${parsed.host.slice(0, -suffix.length)}${parsed.href.slice(parsed.origin.length)}`
}
