// SPDX-License-Identifier: Apache-2.0
/** What an Alertmanager tells of alerts of others. */
package io.shadowweaver.server.alertmanager;
