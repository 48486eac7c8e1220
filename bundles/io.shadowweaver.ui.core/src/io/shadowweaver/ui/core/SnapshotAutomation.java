// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** The automation of a snapshot: there is none, and each command says so. */
final class SnapshotAutomation implements AutomationHandle {
	private final Supplier<IllegalStateException> refused;

	/**
	 * @param refused why nothing is commanded
	 */
	SnapshotAutomation(Supplier<IllegalStateException> refused) {
		this.refused = refused;
	}

	@Override
	public List<AccountInfo> accounts() {
		return List.of();
	}

	@Override
	public void retry(String account, String person) {
		throw refused.get();
	}

	@Override
	public void adopt(String account, String instance, String group, String person) {
		throw refused.get();
	}

	@Override
	public void remove(String account, String instance, String person) {
		throw refused.get();
	}

	@Override
	public void resume(String group, String person) {
		throw refused.get();
	}

	@Override
	public void raiseCap(String group, int max, Instant until, String person) {
		throw refused.get();
	}

	@Override
	public void thaw(String group, Instant until, String person, String reason) {
		throw refused.get();
	}

	@Override
	public void prolong(String account, String instance, Instant until, String person) {
		throw refused.get();
	}

	@Override
	public CompletableFuture<DryRun> dryRun(String plan) {
		return CompletableFuture.failedFuture(refused.get());
	}

	@Override
	public CompletableFuture<Commit> commit(Scenario scenario, String person) {
		return CompletableFuture.failedFuture(refused.get());
	}

	@Override
	public CompletableFuture<Commit> preview(Scenario scenario) {
		return CompletableFuture.failedFuture(refused.get());
	}

	@Override
	public AuditReading audit() {
		return AuditReading.none("A snapshot holds no audit trail.");
	}

	@Override
	public ProvisioningSettings settings() {
		return ProvisioningSettings.defaults();
	}

	@Override
	public void settings(ProvisioningSettings settings) {
		throw refused.get();
	}

	@Override
	public List<GroupSettings> groups() {
		return List.of();
	}

	@Override
	public void group(GroupSettings settings) {
		throw refused.get();
	}
}
