import { it, describe } from 'node:test';
describe('d', () => { it('a', () => {}); it('b', () => { throw new Error('x'); }); it('sub', async (t) => { await t.test('inner', () => {}); }); });
