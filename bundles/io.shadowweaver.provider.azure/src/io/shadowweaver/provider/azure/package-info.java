// SPDX-License-Identifier: Apache-2.0
/**
 * Azure behind the contract of a provider, over the <a href="https://learn.microsoft.com/rest/api/azure/">REST interface of Azure Resource
 * Manager</a>: one resource group and location of a subscription. A machine is a network interface and a virtual machine, both named from the
 * wish's token, so that Azure itself cannot make either twice, and both gone with one removal. Written from the published reference and never
 * run against the real cloud.
 */
package io.shadowweaver.provider.azure;
