//! Runs jobs on all cores, each job on one core by itself.
//!
//! A window's numbers thus never depend on its neighbours or on the number of cores: no sum is split, no
//! scale is taken over a batch. Long jobs go first, so that no core is left alone with one at the end.

use rten::ThreadPool;
use std::{
    cmp::Reverse,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// One pool of a single thread for each core.
#[derive(Debug)]
pub(super) struct Workers {
    pools: Vec<Arc<ThreadPool>>,
}

impl Workers {
    /// As many as rayon has threads, which `RAYON_NUM_THREADS` sets.
    pub(super) fn new() -> Self {
        let pool = |_| Arc::new(ThreadPool::with_num_threads(1));
        Self {
            pools: (0..rayon::current_num_threads()).map(pool).collect(),
        }
    }

    /// The results of the jobs `0..lengths.len()`, in order; `lengths` says how long each will take.
    pub(super) fn run<R: Send>(
        &self,
        lengths: &[usize],
        job: impl Fn(usize, &Arc<ThreadPool>) -> R + Sync,
    ) -> Vec<R> {
        let mut order: Vec<usize> = (0..lengths.len()).collect();
        order.sort_by_key(|&at| Reverse(lengths[at]));
        let next = AtomicUsize::new(0);
        let work = |pool: &Arc<ThreadPool>| {
            let mut done = Vec::new();
            while let Some(&at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((at, job(at, pool)));
            }
            done
        };
        let mut done: Vec<(usize, R)> = thread::scope(|scope| {
            let needed = self.pools.iter().take(lengths.len());
            let started: Vec<_> = needed.map(|pool| scope.spawn(|| work(pool))).collect();
            let results = started.into_iter();
            results
                .flat_map(|worker| match worker.join() {
                    Ok(done) => done,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect()
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_takes_longest() {
        let lengths: Vec<usize> = (0..100).map(|at| at * 37 % 11).collect();
        let squares = Workers::new().run(&lengths, |at, _| at * at);
        assert!(squares.into_iter().eq((0..100).map(|at| at * at)));
        assert!(Workers::new().run(&[], |at, _| at).is_empty());
    }
}
