/** Where links of the app may lead: pages that it refers to in its texts. */
const allowed = [
  { host: 'www.rfc-editor.org', path: '/rfc/' },
  { host: 'www.wireshark.org', path: '/' },
] as const

/** True for links that may be opened in the browser: https, on the list, and without a login or port in them. */
export function isAllowedLink(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:' || parsed.username || parsed.password) return false
  return allowed.some(({ host, path }) => parsed.host === host && parsed.pathname.startsWith(path))
}
