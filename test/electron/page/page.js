const { document: page, nexthop } = globalThis.window
const state = page.getElementById('state')
if (state) state.textContent = `bridge: ${Object.keys(nexthop ?? {}).join(', ')}`
