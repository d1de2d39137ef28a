import { it } from 'node:test'; it('never', async () => { await new Promise(() => {}); });
