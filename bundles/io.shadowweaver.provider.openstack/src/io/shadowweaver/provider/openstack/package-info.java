// SPDX-License-Identifier: Apache-2.0
/** OpenStack as a provider of machines. */
package io.shadowweaver.provider.openstack;
