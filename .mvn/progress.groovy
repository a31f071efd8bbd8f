// SPDX-License-Identifier: Apache-2.0
// One line that moves, where Maven prints two lines for each file. Maven has no setting for this, and its session is closed
// for changes when a build begins: if a later Maven has no such field, no progress is shown, and the build goes on.
import org.eclipse.aether.transfer.AbstractTransferListener
import org.eclipse.aether.transfer.TransferEvent

if (session.request.interactiveMode && log.infoEnabled) {
    try {
        def repository = session.repositorySession
        repository.@readOnly = false
        repository.transferListener = new Progress(System.out, isTerminal(), project.properties['first.download'])
        repository.@readOnly = true
    } catch (Exception | LinkageError e) {
        log.debug('No progress of downloads', e)
    }
}

static boolean isTerminal() {
    def console = System.console()
    // since JDK 22 there is a console without a terminal, too
    console != null && (!console.respondsTo('isTerminal') || console.isTerminal())
}

class Progress extends AbstractTransferListener {
    private static final String CLEAR = '\u001B[K'
    private static final long OFTEN = 200
    private static final long NOW_AND_THEN = 10_000

    private final PrintStream out
    private final boolean terminal
    private final String usually
    private int active
    private int files
    private long bytes
    private long shownAt

    Progress(PrintStream out, boolean terminal, String usually) {
        this.out = out
        this.terminal = terminal
        this.usually = usually
    }

    @Override
    synchronized void transferInitiated(TransferEvent event) {
        active++
        if (shownAt == 0) {
            out.println("[INFO] Downloading what is not here yet. The first time this is about $usually.")
            shownAt = System.currentTimeMillis()
        }
    }

    @Override
    synchronized void transferProgressed(TransferEvent event) {
        bytes += event.dataLength
        show()
    }

    @Override
    synchronized void transferSucceeded(TransferEvent event) {
        files++
        end()
    }

    @Override
    synchronized void transferFailed(TransferEvent event) {
        end()
    }

    /** The next line of the build begins where this one is. */
    private void end() {
        active--
        show()
        if (terminal && active == 0) {
            out.print(CLEAR)
            out.flush()
        }
    }

    private void show() {
        long now = System.currentTimeMillis()
        if (now - shownAt >= (terminal ? OFTEN : NOW_AND_THEN)) {
            String text = "Downloaded: ${bytes.intdiv(1_000_000)} MB in $files files"
            out.print(terminal ? "$CLEAR$text\r" : "[INFO] $text\n")
            out.flush()
            shownAt = now
        }
    }
}
