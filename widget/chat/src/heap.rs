//! The chat's allocator: free lists of powers of two. A page's worth of chat needs no more, and it is 3 KB (brotli)
//! smaller than the default one. Memory that was freed is used again for the same size only.
#![allow(clippy::cast_ptr_alignment)] // every block is aligned to its size

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const PAGE_BYTES: usize = 65_536;
const SMALLEST_BITS: u32 = 4;
const CLASSES: usize = 32;

/// WASM without threads: nobody else is ever here.
pub(crate) struct Heap(UnsafeCell<State>);

struct State {
    /// For each size, the first free block; a free block begins with the address of the next.
    free: [*mut u8; CLASSES],
    /// The rest of the memory that was grown last.
    next: usize,
    end: usize,
}

// SAFETY: the target has no threads.
unsafe impl Sync for Heap {}

impl Heap {
    pub(crate) const fn new() -> Self {
        Self(UnsafeCell::new(State { free: [null_mut(); CLASSES], next: 0, end: 0 }))
    }
}

/// The size class: blocks of it have `1 << class` bytes, and are aligned to as much, up to a page.
fn class_of(layout: Layout) -> u32 {
    let bytes = layout.size().max(layout.align()).max(1 << SMALLEST_BITS);
    usize::BITS - (bytes - 1).leading_zeros()
}

impl State {
    /// A block that was never used; null when there is no more memory.
    fn carve(&mut self, class: u32) -> *mut u8 {
        let bytes = 1_usize << class;
        let align = bytes.min(PAGE_BYTES);
        let start = self.next.wrapping_add(align - 1) & !(align - 1);
        if start < self.next || self.end.saturating_sub(start) < bytes {
            let grown = memory_grow(0, bytes.div_ceil(PAGE_BYTES));
            if grown == usize::MAX {
                return null_mut();
            }
            let begin = grown * PAGE_BYTES;
            // What was left stays in use when the new pages follow it.
            if begin != self.end {
                self.next = begin;
            }
            self.end = memory_size(0) * PAGE_BYTES;
            return self.carve(class);
        }
        self.next = start + bytes;
        start as *mut u8
    }
}

// SAFETY: blocks are carved disjoint, at least as large and as aligned as asked for, and given out once until freed.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: no threads, and no call comes in from here.
        let state = unsafe { &mut *self.0.get() };
        let class = class_of(layout);
        let Some(head) = state.free.get_mut(class as usize) else { return null_mut() };
        let block = *head;
        if block.is_null() {
            return state.carve(class);
        }
        // SAFETY: a block in the list begins with the address of the next.
        *head = unsafe { block.cast::<*mut u8>().read() };
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; the block has at least 16 bytes and is nobody's any more.
        unsafe {
            if let Some(head) = (*self.0.get()).free.get_mut(class_of(layout) as usize) {
                block.cast::<*mut u8>().write(*head);
                *head = block;
            }
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise: `size` with this alignment is a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if class_of(wanted) == class_of(layout) {
            return block;
        }
        // SAFETY: both blocks are ours and apart, the smaller of the two sizes is within both.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                core::ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
