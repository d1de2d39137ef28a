throw new Error('crash')
