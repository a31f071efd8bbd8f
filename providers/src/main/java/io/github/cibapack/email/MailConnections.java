// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * The connections of this node to mail servers: kept open for the next mail of the same account,
 * closed when there is none for a while.
 */
final class MailConnections implements AutoCloseable {

    /** Mail servers count connections as well, and hang up on those that say nothing. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    private final GenericKeyedObjectPool<MailAccount, MailConnection> pool;

    /**
     * How many there are at a time, and how long a mail waits for one.
     *
     * @param ofNode all of them
     * @param ofRealm those of one account
     * @param patience for a connection that another mail uses
     */
    record Limits(int ofNode, int ofRealm, Duration patience) {}

    MailConnections(Limits limits) {
        GenericKeyedObjectPoolConfig<MailConnection> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(limits.ofNode());
        config.setMaxTotalPerKey(limits.ofRealm());
        config.setMaxIdlePerKey(limits.ofRealm());
        config.setMaxWait(limits.patience());
        config.setTestOnReturn(true);
        config.setMinEvictableIdleDuration(LONGEST_IDLE);
        config.setTimeBetweenEvictionRuns(LONGEST_IDLE.dividedBy(2));
        config.setNumTestsPerEvictionRun(-1);
        config.setJmxEnabled(false);
        pool = new GenericKeyedObjectPool<>(new Connections(), config);
    }

    /**
     * A connection that is ready or not connected yet, for one mail; to be {@linkplain #giveBack
     * given back}.
     *
     * @throws UndeliveredException if all are in use for too long
     */
    MailConnection borrow(MailAccount account) throws UndeliveredException {
        try {
            return pool.borrowObject(account);
        } catch (NoSuchElementException e) {
            throw SmtpFailure.withoutConnection();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SmtpFailure.withoutConnection();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getClass().getSimpleName(), e);
        }
    }

    /** Keeps it for the next mail, or closes it if there can be none. */
    void giveBack(MailAccount account, MailConnection connection) {
        pool.returnObject(account, connection);
    }

    /** Closes those of an account that no mail uses. */
    void closeIdle(MailAccount account) {
        pool.clear(account);
    }

    int count() {
        return pool.getNumActive() + pool.getNumIdle();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Connections
            extends BaseKeyedPooledObjectFactory<MailAccount, MailConnection> {

        /** Connecting takes a session, which the borrower has. */
        @Override
        public MailConnection create(MailAccount account) {
            return new MailConnection(account.smtp());
        }

        @Override
        public PooledObject<MailConnection> wrap(MailConnection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public boolean validateObject(
                MailAccount account, PooledObject<MailConnection> connection) {
            return connection.getObject().isReusable();
        }

        @Override
        public void destroyObject(MailAccount account, PooledObject<MailConnection> connection) {
            connection.getObject().hangUp();
        }
    }
}
