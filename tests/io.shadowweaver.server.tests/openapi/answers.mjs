// SPDX-License-Identifier: Apache-2.0
// Prints what in answers.json is not as openapi.json says: fields that are missing, null, of another type, or not known to it.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const document = JSON.parse(readFileSync("openapi.json", "utf8"));
for (const schema of Object.values(document.components.schemas)) {
	if (schema.properties && schema.additionalProperties === undefined) {
		schema.additionalProperties = false;
	}
}
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
formats.default(ajv);
ajv.addSchema(document, "document");

const pointers = {};
for (const [path, methods] of Object.entries(document.paths)) {
	for (const [method, operation] of Object.entries(methods)) {
		for (const status of Object.keys(operation.responses)) {
			pointers[`${operation.operationId} ${status}`] = ["paths", path, method, "responses", status, "content", "application/json", "schema"]
				.map(part => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
		}
	}
}
const wrong = new Set();
for (const { operation, status, body } of JSON.parse(readFileSync("answers.json", "utf8"))) {
	const pointer = pointers[`${operation} ${status}`];
	if (pointer === undefined) {
		wrong.add(`${operation}: ${status} is not documented`);
		continue;
	}
	const check = ajv.compile({ $ref: `document#/${pointer}` });
	if (!check(body)) {
		check.errors.forEach(error => wrong.add(`${operation} ${error.instancePath.replace(/\/\d+/g, "/*")} ${error.message} ${JSON.stringify(error.params)}`));
	}
}
console.log(JSON.stringify([...wrong], null, 1));
