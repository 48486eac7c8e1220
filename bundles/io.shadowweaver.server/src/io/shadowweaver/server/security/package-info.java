// SPDX-License-Identifier: Apache-2.0
/** Who may ask the API for what: keys, bearer tokens, certificates, scopes, limits, and the trail of what was changed. */
package io.shadowweaver.server.security;
