// SPDX-License-Identifier: Apache-2.0
// node validate.mjs TOOLS FILE: what Khronos' validator, as releng/npm locks it, finds in a glTF file, as JSON.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [tools, file] = process.argv.slice(2);
const validator = createRequire(join(tools, 'package.json'))('gltf-validator');
const report = await validator.validateBytes(new Uint8Array(await readFile(file)), { maxIssues: 50 });
console.log(JSON.stringify({ issues: report.issues }));
