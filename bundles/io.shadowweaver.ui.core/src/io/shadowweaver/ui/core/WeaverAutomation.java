// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.audit.AuditTrail;

/** The automation of an estate of the embedded engine. */
final class WeaverAutomation implements AutomationHandle {
	private final Weaver weaver;
	private final Consumer<EstateConfig> keep;

	/**
	 * @param keep writes a configuration for the next start
	 */
	WeaverAutomation(Weaver weaver, Consumer<EstateConfig> keep) {
		this.weaver = weaver;
		this.keep = keep;
	}

	@Override
	public List<AccountInfo> accounts() {
		Map<String, List<Offer>> offers = weaver.automation().offers();
		return weaver.config().providers().stream().map(account -> new AccountInfo(account.id(), account.type(), account.name(), account.settings(),
				offers.getOrDefault(account.id(), List.of()))).toList();
	}

	@Override
	public void retry(String account, String person) {
		weaver.automation().retry(account, person);
	}

	@Override
	public void adopt(String account, String instance, String group, String person) {
		weaver.automation().adopt(account, instance, group, person);
	}

	@Override
	public void remove(String account, String instance, String person) {
		weaver.automation().remove(account, instance, person);
	}

	@Override
	public void resume(String group, String person) {
		weaver.automation().resume(group, person);
	}

	@Override
	public void raiseCap(String group, int max, Instant until, String person) {
		weaver.automation().raiseCap(group, max, until, person);
	}

	@Override
	public void thaw(String group, Instant until, String person, String reason) {
		weaver.automation().thaw(group, until, person, reason);
	}

	@Override
	public void prolong(String account, String instance, Instant until, String person) {
		weaver.automation().prolong(account, instance, until, person);
	}

	@Override
	public CompletableFuture<DryRun> dryRun(String plan) {
		return weaver.automation().dryRun(plan);
	}

	@Override
	public CompletableFuture<Commit> commit(Scenario scenario, String person) {
		return weaver.automation().commit(scenario, person);
	}

	@Override
	public CompletableFuture<Commit> preview(Scenario scenario) {
		return weaver.automation().preview(scenario);
	}

	@Override
	public AuditReading audit() {
		return AuditReading.of(AuditTrail.in(weaver.automation().directory()));
	}

	@Override
	public ProvisioningSettings settings() {
		return weaver.automation().settings();
	}

	@Override
	public void settings(ProvisioningSettings settings) {
		weaver.automation().settings(settings);
		keep.accept(weaver.config());
	}

	@Override
	public List<GroupSettings> groups() {
		return weaver.automation().groups();
	}

	@Override
	public void group(GroupSettings settings) {
		weaver.automation().group(settings);
		keep.accept(weaver.config());
	}
}
