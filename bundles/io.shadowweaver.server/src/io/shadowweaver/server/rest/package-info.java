// SPDX-License-Identifier: Apache-2.0
/** The resources of the API, one class a subject. From them comes the OpenAPI document. */
package io.shadowweaver.server.rest;
