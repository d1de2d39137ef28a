import { it } from 'node:test'; it.skip('s', () => {}); it.todo('t');
