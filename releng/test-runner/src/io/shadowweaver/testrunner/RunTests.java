// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.testrunner;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.MethodFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.osgi.framework.Bundle;

/**
 * Runs test classes on the UI thread once the workbench window is up, prints what JUnit's console prints, and ends the JVM:
 * 0 when all passed, 1 when something failed or nothing ran. System properties: {@code testrunner.bundle} (the bundle that
 * loads the classes), {@code testrunner.classes} (separated by commas), {@code testrunner.methods} (regular expressions of
 * Class#method, separated by line feeds; absent: all).
 */
public final class RunTests implements IStartup {

    @Override
    public void earlyStartup() {
        Display display = PlatformUI.getWorkbench().getDisplay();
        display.asyncExec(() -> {
            int code = 1;
            try {
                code = run(System.out);
            } catch (Throwable e) { // whatever it is, the JVM must end and say why
                new PrintWriter(System.out, true).println(e);
                for (StackTraceElement at : e.getStackTrace()) {
                    System.out.println("\tat " + at);
                }
            } finally {
                System.out.flush();
                // An orderly end would run the workbench's closing dialogs; the result is known already.
                Runtime.getRuntime().halt(code);
            }
        });
    }

    private static int run(PrintStream out) throws ClassNotFoundException {
        Bundle bundle = Platform.getBundle(System.getProperty("testrunner.bundle"));
        if (bundle == null) {
            throw new IllegalStateException("no bundle " + System.getProperty("testrunner.bundle") + " in this workbench");
        }
        List<DiscoverySelector> classes = new ArrayList<>();
        for (String name : System.getProperty("testrunner.classes", "").split(",")) {
            if (!name.isBlank()) {
                classes.add(DiscoverySelectors.selectClass(bundle.loadClass(name)));
            }
        }
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request().selectors(classes);
        String methods = System.getProperty("testrunner.methods", "");
        if (!methods.isBlank()) {
            request.filters(MethodFilter.includeMethodNamePatterns(methods.split("\n")));
        }
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create(LauncherConfig.builder().enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false).enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine()).build()).execute(built, new Feed(out), summary);
        StringBuilder counts = new StringBuilder("Test run finished\n");
        var result = summary.getSummary();
        counts.append("[ ").append(result.getContainersSkippedCount()).append(" containers skipped ]\n")
                .append("[ ").append(result.getContainersAbortedCount()).append(" containers aborted ]\n")
                .append("[ ").append(result.getContainersFailedCount()).append(" containers failed ]\n")
                .append("[ ").append(result.getTestsFoundCount()).append(" tests found ]\n")
                .append("[ ").append(result.getTestsSkippedCount()).append(" tests skipped ]\n")
                .append("[ ").append(result.getTestsAbortedCount()).append(" tests aborted ]\n")
                .append("[ ").append(result.getTestsSucceededCount()).append(" tests successful ]\n")
                .append("[ ").append(result.getTestsFailedCount()).append(" tests failed ]\n");
        out.print(counts);
        return result.getTotalFailureCount() == 0 && result.getTestsFoundCount() > 0 ? 0 : 1;
    }

    /** A line a test, in the words of JUnit's console. */
    private record Feed(PrintStream out) implements TestExecutionListener {

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            out.println(name(test) + " :: SKIPPED\n\tReason: " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isContainer() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                return;
            }
            out.println(name(test) + " :: " + result.getStatus());
            for (Throwable e = result.getThrowable().orElse(null); e != null; e = e.getCause()) {
                out.println("\t" + e);
                for (StackTraceElement at : e.getStackTrace()) {
                    if (!at.getClassName().startsWith("org.junit.")) {
                        out.println("\t\tat " + at);
                    }
                    if (at.getClassName().startsWith("org.junit.platform.")) {
                        break;
                    }
                }
            }
        }

        private static String name(TestIdentifier test) {
            String id = test.getUniqueId();
            int from = id.indexOf("[class:");
            return from < 0 ? test.getDisplayName()
                    : id.substring(from + 7, id.indexOf(']', from)) + " > " + test.getDisplayName();
        }
    }
}
