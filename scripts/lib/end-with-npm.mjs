const everyMs = 500

/**
 * npm passes signals to the shell that it starts, and that shell dies of them without passing them on: whoever stops
 * npm would leave us running. So when the process that started us is gone, we stop as on SIGTERM.
 */
export function endWithNpm() {
  const { npm_lifecycle_event: event } = process.env
  if (process.platform === 'win32' || !event || !['start', 'nexthop', 'npx'].includes(event)) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, everyMs)
  timer.unref()
}
