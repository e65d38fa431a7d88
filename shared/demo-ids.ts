// Ids of what "Try the demo" sets up, so that it is known for what it is: by the app, to take it away again, and by
// windows, to offer that.
export const demoHopId = 'tried-demo-hop'
export const demoRuleId = 'tried-demo-rule'
