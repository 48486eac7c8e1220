// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import java.nio.file.Path;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;

/** Opens file locks. */
public final class FileLeaseFactory implements LeaseFactory {
	@Override
	public Lease open(Settings settings, PluginContext context) throws PluginException {
		Path file = settings.has("file") ? settings.path("file") : context.directory().resolve("lease");
		return new FileLease(file, "estate " + context.estate() + " in process " + ProcessHandle.current().pid());
	}
}
